"""What lies between a training loop and the machine: programs, steps, devices, the optimiser."""
