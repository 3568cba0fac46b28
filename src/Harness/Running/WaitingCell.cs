namespace Harness.Running;

/// <summary>A cell that waits for a place on a device.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Kind">The kind of device that it is planned for.</param>
/// <param name="DeviceBytes">Memory of the device that it needs, where known.</param>
/// <param name="StepFlops">Floating-point operations of a training step, where known.</param>
public sealed record WaitingCell(string Key, string Kind, long? DeviceBytes = null, double? StepFlops = null);

/// <summary>A cell has got a place.</summary>
/// <param name="Key">The cell's key.</param>
/// <param name="Device">Where.</param>
public sealed record Assignment(string Key, string Device);
