using System.CommandLine;
using Benchmarks;
using Benchmarks.Speed;
using Harness.Torch;

Libtorch.Load(Libtorch.Locate(Environment.GetEnvironmentVariable("HARNESS_LIBTORCH")));

var data = new Option<string?>("--data")
{
    Description = "Folder of the data sets; HARNESS_DATA where absent. What is not there is made up at its true size.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HARNESS_DATA"),
};
var set = new Argument<string>("set") { Description = "A data set's name." };

var cache = new Command("cache", "Loads the six small data sets: decoded, and from the cache.") { data };
cache.SetAction(arguments => CacheBenchmark.Run(arguments.GetValue(data)));
var load = new Command("load", "Loads one data set and prints what it took, in a process of its own.") { set, data };
load.Hidden = true;
load.SetAction(arguments => CacheBenchmark.Load(arguments.GetValue(set)!, arguments.GetValue(data)!));
var decode = new Command("decode", "Decodes photographs: the harness beside libvips alone. Needs imagenet/ in the data folder.") { data };
decode.SetAction(arguments => DecodeBenchmark.Run(arguments.GetValue(data)));
var stream = new Command("stream", "Trains an epoch on images that lie on the device and on the same images streamed.");
stream.SetAction(_ => StreamBenchmark.Run());
var overhead = new Command("overhead", "Times what a run costs beside its training: until its first child, its first cell, its first step; writing results.") { data };
overhead.SetAction(arguments => OverheadBenchmark.Run(arguments.GetValue(data)));

var cells = new Option<int>("--cells") { Description = "Finished cells.", DefaultValueFactory = _ => 1000 };
var epochs = new Option<int>("--epochs") { Description = "Epochs of each.", DefaultValueFactory = _ => 350 };
var runFolder = new Command("run-folder", "Makes a run folder of many finished cells and times status and report on it.") { cells, epochs };
runFolder.SetAction(arguments => RunFolderBenchmark.Run(arguments.GetValue(cells), arguments.GetValue(epochs)));

var root = new RootCommand("Measures how fast data comes to a cell, and what a cell makes of it, and what a run beside its training costs.") { cache, load, decode, stream, overhead, runFolder };
foreach (var verb in SpeedVerbs.All()) root.Add(verb);
return root.Parse(args).Invoke();
