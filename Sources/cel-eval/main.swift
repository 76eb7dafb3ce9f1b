print("cel-eval")
