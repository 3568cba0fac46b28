using System.CommandLine;
using Benchmarks;

var cells = new Option<int>("--cells") { Description = "Finished cells.", DefaultValueFactory = _ => 1000 };
var epochs = new Option<int>("--epochs") { Description = "Epochs of each.", DefaultValueFactory = _ => 350 };
var runFolder = new Command("run-folder", "Makes a run folder of many finished cells and times status and report on it.") { cells, epochs };
runFolder.SetAction(arguments => RunFolderBenchmark.Run(arguments.GetValue(cells), arguments.GetValue(epochs)));

return new RootCommand("Measures what a run costs beside its training.") { runFolder }.Parse(args).Invoke();
