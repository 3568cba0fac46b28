using System.CommandLine;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>The verbs that measure training, statistics and attacks.</summary>
internal static class SpeedVerbs
{
    public static IEnumerable<Command> All()
    {
        var threads = new Option<int>("--threads") { Description = "Processor threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; in each every way has its turn, and the best of its rounds counts.", DefaultValueFactory = _ => 5 };
        var nets = new Option<string[]>("--nets") { Description = $"Of {string.Join(", ", Networks.All.Keys)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. Networks.All.Keys] };
        nets.AcceptOnlyFromAmong([.. Networks.All.Keys]);
        var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };

        var ways = new Option<string[]>("--ways") { Description = $"Of {string.Join(", ", StepBenchmark.Ways)}.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. StepBenchmark.Ways] };
        ways.AcceptOnlyFromAmong([.. StepBenchmark.Ways]);

        yield return Verb("step", "Training steps of each network in every layout and precision, beside the plain step and PyTorch.", [threads, rounds, nets, ways, device],
            r => StepBenchmark.Run(r.GetValue(nets)!, r.GetValue(ways)!, r.GetValue(rounds), r.GetValue(threads), r.GetValue(device)!));
        yield return Verb("speed", "All of these: step, sgd, statistics, deepfool.", [threads, rounds, nets, ways, device], r =>
        {
            StepBenchmark.Run(r.GetValue(nets)!, r.GetValue(ways)!, r.GetValue(rounds), r.GetValue(threads), r.GetValue(device)!);
            SgdBenchmark.Run(r.GetValue(rounds));
            StatisticsBenchmark.Run(r.GetValue(rounds));
            DeepFoolBenchmark.Run([.. r.GetValue(nets)!.Where(n => !Networks.IsFullWidth(n))], r.GetValue(rounds));
        });
        yield return Verb("sgd", "The update of VGG11's weights, fused and plain, and the zeroing of its gradients.", [threads, rounds], r => SgdBenchmark.Run(r.GetValue(rounds)));
        yield return Verb("statistics", "Neural collapse from given features by N, C and p, beside one matrix product of as many operations.", [threads, rounds], r => StatisticsBenchmark.Run(r.GetValue(rounds)));
        yield return Verb("deepfool", "DeepFool on a batch beside one image at a time.", [threads, rounds, nets], r => DeepFoolBenchmark.Run(r.GetValue(nets)!, r.GetValue(rounds)));

        var seeds = new Option<int>("--seeds") { Description = "Trainings in each way.", DefaultValueFactory = _ => 4 };
        var images = new Option<int>("--images") { Description = "Training images of each of the ten classes.", DefaultValueFactory = _ => 30 };
        var epochs = new Option<int>("--epochs") { Description = "Epochs.", DefaultValueFactory = _ => 60 };
        yield return Verb("spread", "Whether layout and precision move what is measured, beside what another seed moves.", [threads, nets, seeds, images, epochs],
            r => SpreadBenchmark.Run(r.GetValue(nets)!, r.GetValue(seeds), r.GetValue(images), r.GetValue(epochs)));

        Command Verb(string name, string description, Option[] options, Action<ParseResult> run)
        {
            var command = new Command(name, description);
            foreach (var option in options) command.Add(option);
            command.SetAction(result =>
            {
                if (AsACell.Rerun(result.GetValue(threads)) is { } exitCode) return exitCode;
                set_num_threads(result.GetValue(threads));
                Machine.Say(get_num_threads());
                if (options.Contains(rounds)) Console.WriteLine($"best of {result.GetValue(rounds)} interleaved rounds; wall and processor time");
                run(result);
                return 0;
            });
            return command;
        }
    }
}
