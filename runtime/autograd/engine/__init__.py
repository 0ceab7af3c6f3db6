"""NN.Runtime.Autograd.Engine: the tape and its imperative front."""
