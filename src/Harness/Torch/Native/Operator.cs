using System.Text;
using static TorchSharp.torch;

namespace Harness.Torch.Native;

/// <summary>
/// An operator of libtorch, called through its dispatcher by name: for operators that TorchSharp does not bind. Arguments are 64-bit slots, in the order of the operator's
/// schema, all of them; gradients are recorded as for any operator.
/// </summary>
/// <param name="name">With its namespace: <c>aten::add_</c>.</param>
/// <param name="overload">As in the schema: <c>Tensor</c>, or empty.</param>
public sealed unsafe class Operator(string name, string overload = "")
{
    /// <summary>Version of the ABI the slots below are laid out by: 2.10.</summary>
    private const ulong AbiVersion = (2UL << 56) | (10UL << 48);

    private readonly byte[] name = Terminated(name);
    private readonly byte[] overload = Terminated(overload);

    /// <summary>Whether the libtorch that is loaded can be called so.</summary>
    public static bool Available => TorchExports.Has(TorchExports.CallDispatcher, TorchExports.NewList, TorchExports.PushBack, TorchExports.NewTensorHandle);

    /// <summary>An absent optional.</summary>
    public static ulong None => 0;

    /// <summary>A tensor as a slot. The slot owns a reference of its own, which the call takes over: give it to one call and no more.</summary>
    public static ulong Slot(Tensor tensor)
    {
        IntPtr copy;
        Check(((delegate* unmanaged<IntPtr, IntPtr*, int>)TorchExports.Address(TorchExports.NewTensorHandle))(tensor.Handle, &copy), "aoti_torch_new_tensor_handle");
        return (ulong)copy;
    }

    /// <summary>A list of tensors as a slot, which the call takes over.</summary>
    public static ulong Slot(ReadOnlySpan<Tensor> tensors)
    {
        IntPtr list;
        Check(((delegate* unmanaged<nuint, IntPtr*, int>)TorchExports.Address(TorchExports.NewList))((nuint)tensors.Length, &list), "torch_new_list_reserve_size");
        var push = (delegate* unmanaged<IntPtr, ulong, int>)TorchExports.Address(TorchExports.PushBack);
        foreach (var tensor in tensors) Check(push(list, Slot(tensor)), "torch_list_push_back");
        return (ulong)list;
    }

    /// <summary>A number as a slot.</summary>
    public static ulong Slot(double number) => BitConverter.DoubleToUInt64Bits(number);

    /// <summary>A truth value as a slot.</summary>
    public static ulong Slot(bool value) => value ? 1UL : 0;

    /// <summary>Calls it.</summary>
    /// <param name="slots">The arguments, one slot at least; the call overwrites them. What an operator returns is not taken out: call those that work in place.</param>
    /// <exception cref="InvalidOperationException">There is no such operator, or it failed; libtorch has said why on standard error.</exception>
    /// <exception cref="LibtorchException">This libtorch cannot be called so.</exception>
    public void Call(Span<ulong> slots)
    {
        var call = (delegate* unmanaged<byte*, byte*, ulong*, ulong, int>)TorchExports.Address(TorchExports.CallDispatcher);
        fixed (byte* n = name, o = overload)
        fixed (ulong* stack = slots)
            Check(call(n, o, stack, AbiVersion), Encoding.ASCII.GetString(name, 0, name.Length - 1));
    }

    private static void Check(int code, string what)
    {
        if (code != 0) throw new InvalidOperationException($"libtorch's {what} failed with code {code}.");
    }

    private static byte[] Terminated(string text) => [.. Encoding.ASCII.GetBytes(text), 0];
}
