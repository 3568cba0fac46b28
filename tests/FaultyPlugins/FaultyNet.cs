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

    /// <summary>The working thread sleeps for ever at the second epoch.</summary>
    Hangs,

    /// <summary>The whole process is stopped by SIGSTOP at the second epoch.</summary>
    Stops,

    /// <summary>Memory is taken, 64 MiB at each call, from the second epoch on.</summary>
    EatsMemory,

    /// <summary>libtorch cannot allocate at the second epoch, in the first process only: it leaves a file <c>ate</c> in the folder <see cref="FaultyNetOptions.Scratch"/>.</summary>
    OutOfMemoryOnce,

    /// <summary>Twenty megabytes without a line end, and then many lines, go to standard output at the second epoch.</summary>
    Babbles,
}

/// <summary>Options of <see cref="FaultyNet"/>.</summary>
public sealed record FaultyNetOptions
{
    /// <value>None</value>
    [Description("What goes wrong.")]
    public Fault Fault { get; init; }

    /// <value>Empty: none.</value>
    [Description("A folder for what a fault must remember from one process to the next.")]
    public string Scratch { get; init; } = "";
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
        _ => new Network(options, input.Bytes, classes),
    };

    private sealed partial class Network : Classifier
    {
        private const int StepsBeforeFault = 12;

        private const int StopSignal = 19;

        private readonly List<Tensor> eaten = [];
        private readonly Fault fault;
        private readonly string scratch;
        private readonly Linear hidden;
        private readonly BatchNorm1d norm;
        private readonly Linear head;
        private int steps;

        public Network(FaultyNetOptions options, int pixels, int classes) : base("faulty")
        {
            fault = options.Fault;
            scratch = options.Scratch;
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
                case Fault.Hangs: Thread.Sleep(Timeout.Infinite); break;
                case Fault.Stops: Raise(StopSignal); break;
                case Fault.EatsMemory: eaten.Add(ones(64 << 18).DetachFromDisposeScope()); break;
                case Fault.OutOfMemoryOnce: EatOnce(); break;
                case Fault.Babbles: Babble(); break;
            }
        }

        private void EatOnce()
        {
            var ate = Path.Combine(scratch, "ate");
            if (File.Exists(ate)) return;
            File.WriteAllText(ate, "");
            empty(1L << 60);
        }

        private static void Babble()
        {
            Console.Out.Write(new string('x', 20_000_000));
            for (var i = 0; i < 1000; i++) Console.Out.WriteLine($"babble {i}");
            throw new InvalidOperationException("enough said");
        }

        [LibraryImport("libc", EntryPoint = "abort")]
        private static partial void Abort();

        [LibraryImport("libc", EntryPoint = "raise")]
        private static partial int Raise(int signal);
    }
}
