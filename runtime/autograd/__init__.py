"""NN.Runtime.Autograd: reverse-mode differentiation on floats."""
