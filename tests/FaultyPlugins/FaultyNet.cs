using System.ComponentModel;
using System.Runtime.InteropServices;
using Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FaultyPlugins;

/// <summary>What goes wrong.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An exception when the network is built.</summary>
    ThrowsInBuild,

    /// <summary>An exception at the second epoch.</summary>
    ThrowsInTraining,

    /// <summary>abort() in native code at the second epoch.</summary>
    Aborts,

    /// <summary>The process ends with exit code 0 at the second epoch.</summary>
    ExitsQuietly,

    /// <summary>NaN logits.</summary>
    GivesNaN,

    /// <summary>Options refused when the network is built.</summary>
    RefusesOptions,
}

/// <summary>Options of <see cref="FaultyNet"/>.</summary>
public sealed record FaultyNetOptions
{
    /// <value>None</value>
    [Description("What goes wrong.")]
    public Fault Fault { get; init; }
}

/// <summary>A perceptron that fails as asked.</summary>
[Plugin("faulty", Summary = "Fails as asked.")]
public sealed partial class FaultyNet(FaultyNetOptions options) : IArchitecture
{
    /// <inheritdoc/>
    public Classifier Build(ImageShape input, int classes) => options.Fault switch
    {
        Fault.ThrowsInBuild => throw new InvalidOperationException("this network never gets built"),
        Fault.RefusesOptions => throw new PluginOptionException("fault", "fault: refuses-options is refused; none is right."),
        _ => new Network(options.Fault, input.Bytes, classes),
    };

    private sealed partial class Network : Classifier
    {
        private const int StepsBeforeFault = 12;

        private readonly Fault fault;
        private readonly Linear hidden;
        private readonly BatchNorm1d norm;
        private readonly Linear head;
        private int steps;

        public Network(Fault fault, int pixels, int classes) : base("faulty")
        {
            this.fault = fault;
            hidden = nn.Linear(pixels, 32);
            norm = nn.BatchNorm1d(32);
            head = nn.Linear(32, classes);
            RegisterComponents();
        }

        public override Linear Head => head;

        public override Tensor Features(Tensor images)
        {
            if (training && ++steps > StepsBeforeFault) Fail();
            using var flat = images.flatten(1);
            using var h = hidden.forward(flat);
            using var n = norm.forward(h);
            var features = nn.functional.relu(n);
            return fault == Fault.GivesNaN && steps > StepsBeforeFault ? features * float.NaN : features;
        }

        private void Fail()
        {
            switch (fault)
            {
                case Fault.ThrowsInTraining: throw new InvalidOperationException("this network throws in training");
                case Fault.Aborts: Abort(); break;
                case Fault.ExitsQuietly: Environment.Exit(0); break;
            }
        }

        [LibraryImport("libc", EntryPoint = "abort")]
        private static partial void Abort();
    }
}
