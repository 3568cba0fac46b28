namespace Harness.Planning;

/// <summary>What one image costs a network.</summary>
/// <param name="ForwardFlops">Floating-point operations of a forward pass: a multiply and an add of a convolution or linear layer count as two, all else as none.</param>
/// <param name="ActivationBytes">What the backward pass needs of the forward pass: the inputs of all layers with parameters, in float32.</param>
public sealed record NetworkCost(long ForwardFlops, long ActivationBytes);
