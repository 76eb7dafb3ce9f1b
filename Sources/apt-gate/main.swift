print("apt-gate")
