// AptSystem
