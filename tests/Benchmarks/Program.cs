using System.CommandLine;
using Benchmarks.Speed;
using Harness.Torch;

Libtorch.Load(Libtorch.Locate(Environment.GetEnvironmentVariable("HARNESS_LIBTORCH")));
var root = new RootCommand("Measures how fast the harness is.");
foreach (var verb in SpeedVerbs.All()) root.Add(verb);
return root.Parse(args).Invoke();
