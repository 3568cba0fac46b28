using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Architectures.Tests.SingleThread))]

// libtorch's generator is one for the process: tests that seed it must not overlap.
[assembly: Parallelization(Mode = ParallelMode.None)]
