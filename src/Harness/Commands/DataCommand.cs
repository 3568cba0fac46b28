using System.CommandLine;
using System.Runtime.CompilerServices;
using Harness.Fetching;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>data list</c>, <c>data fetch NAME...</c>, <c>data verify [NAME...]</c>: the files of the data sets.</summary>
public static class DataCommand
{
    private static readonly Argument<string[]> Names = new("name") { Description = "Data sets, as 'data list' names them.", Arity = ArgumentArity.OneOrMore };

    private static readonly Argument<string[]> NamesOrAll = new("name") { Description = "Data sets; where absent all whose folders are there.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>The verb.</summary>
    public static Command Create() => new("data", "Lists, fetches and verifies the files of the data sets.")
    {
        Verb("list", "Lists the data sets, what is there of each, and how much there is to fetch.", null, ListAsync),
        Verb("fetch", "Fetches the files of data sets as their authors publish them. Continues what broke off; overwrites nothing.", Names, FetchAsync),
        Verb("verify", "Compares files with what is published of them, and opens each data set.", NamesOrAll, VerifyAsync),
    };

    private static Command Verb(string name, string description, Argument? names, Func<ParseResult, IHost, Task<int>> run)
    {
        var command = new Command(name, description) { SharedOptions.Data, SharedOptions.Plugins };
        if (names is not null) command.Add(names);
        command.SetAction((arguments, _) => Refusal.CatchAsync(async () =>
        {
            using var logger = HarnessHost.ConsoleLogger();
            using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], arguments.GetValue(SharedOptions.Data), logger);
            return await run(arguments, host);
        }));
        return command;
    }

    private static Task<int> ListAsync(ParseResult arguments, IHost host)
    {
        var root = Root(host).Folder;
        var table = new Table().Border(TableBorder.Simple).AddColumns("name", "title", "classes", "training", "test", "files", "to fetch", "licence", "looked for in");
        foreach (var column in table.Columns.Skip(2).Take(3)) column.RightAligned();
        var faults = new List<string>();
        foreach (var plugin in Plugins(host))
        {
            if (IsOfOnesOwn(plugin))
            {
                table.AddRow(Markup.Escape(plugin.Name), "data of one's own", "", "", "", "named by the manifest", "-", "", "");
                continue;
            }
            try
            {
                var set = Make(plugin);
                var status = DatasetStatus.Of(set, root);
                table.AddRow(new[]
                {
                    set.Name, set.Card.Title, $"{set.Card.ClassNames.Count}", $"{set.Card.TrainCount:n0}", $"{set.Card.TestCount:n0}", Text(status.Presence),
                    set.NeedsNoFiles || set.CanBeFetched ? status.ToFetch : "cannot be fetched", set.Card.Licence, set.NeedsNoFiles ? "-" : set.FolderIn(root ?? "DIR"),
                }.Select(Markup.Escape).ToArray());
            }
            catch (FetchException e)
            {
                faults.Add(e.Message);
            }
        }
        Terminal.Wide().Write(table);
        if (root is null) Console.WriteLine("No data folder is named: --data DIR or HARNESS_DATA=DIR does.");
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        return Task.FromResult(ExitCode.Done);
    }

    private static async Task<int> FetchAsync(ParseResult arguments, IHost host)
    {
        var sets = Find(arguments.GetValue(Names)!, host);
        foreach (var set in sets.Where(s => s is { NeedsNoFiles: false, CanBeFetched: false }))
            throw new FetchException($"{set.Card.Title} cannot be fetched; nothing was. {set.Card.HowToGet}");
        foreach (var set in sets.Where(s => s.NeedsNoFiles)) Console.WriteLine($"{set.Name} needs no files.");
        sets = [.. sets.Where(s => s.CanBeFetched)];
        if (sets.Count == 0) return ExitCode.Done;

        var root = Root(host).Folder ?? throw new FetchException("Where are the files to be kept? Say it with --data DIR or HARNESS_DATA=DIR; each data set gets a sub-folder there.");
        foreach (var set in sets) Console.WriteLine($"{set.Card.Title} goes to {set.FolderIn(root)}. Licence: {set.Card.Licence}. Cite: {set.Card.Citation}.");
        using var client = FetchClient.Create();
        var space = FreeSpace.OfTheMachine;
        var fetch = new DatasetFetch(new FileFetch(client, TimeProvider.System, new FetchPolicy(), space), space);
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        async Task<int> All(IFetchProgress progress)
        {
            var whole = true;
            foreach (var set in sets) whole &= await fetch.FetchAsync(set, root, progress, stop);
            return whole ? ExitCode.Done : ExitCode.SomeFailed;
        }

        var console = Terminal.Wide();
        return console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? await FetchBars.WhileAsync(console, All)
            : await All(new FetchLines(Console.Out, TimeProvider.System));
    }

    private static async Task<int> VerifyAsync(ParseResult arguments, IHost host)
    {
        var root = Root(host);
        var named = arguments.GetValue(NamesOrAll) ?? [];
        var sets = named.Length > 0
            ? Find(named, host)
            : [.. Find([.. Plugins(host).Where(p => !IsOfOnesOwn(p)).Select(p => p.Name)], host).Where(s => !s.NeedsNoFiles && root.Folder is not null && Directory.Exists(s.FolderIn(root.Folder)))];
        if (sets.Count == 0) Console.WriteLine(root.Folder is null ? "No data folder is named: --data DIR or HARNESS_DATA=DIR does." : $"'{root.Folder}' holds no data set.");
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var sound = true;
        foreach (var set in sets)
        {
            if (set.NeedsNoFiles) Console.WriteLine($"{set.Name} needs no files.");
            else sound &= await VerifyAsync(set, root, stop);
        }
        return sound ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<bool> VerifyAsync(InstalledDataset set, DataRoot root, CancellationToken stop)
    {
        var sound = true;
        await foreach (var finding in DatasetVerification.VerifyAsync(set, root, stop))
        {
            Console.WriteLine($"{set.Name}: {(finding.IsSound ? "" : "wrong: ")}{finding.Sentence}");
            sound &= finding.IsSound;
        }
        return sound;
    }

    private static DataRoot Root(IHost host) => host.Services.GetRequiredService<DataRoot>();

    private static IEnumerable<PluginDescriptor> Plugins(IHost host) =>
        host.Services.GetRequiredService<PluginCatalog>().Plugins.Where(p => p.Kind == PluginKind.Dataset).OrderBy(p => p.Name, StringComparer.Ordinal);

    private static IReadOnlyList<InstalledDataset> Find(IReadOnlyList<string> names, IHost host)
    {
        var plugins = Plugins(host).ToList();
        return [.. names.Distinct().Select(name => Make(
            plugins.Find(p => p.Name == name) ?? throw new FetchException($"There is no data set '{name}'{Suggestion.For(name, plugins.Select(p => p.Name))}")))];
    }

    // Options without a default name the files: such a plugin is no set until a manifest fills them in.
    private static bool IsOfOnesOwn(PluginDescriptor plugin) =>
        plugin.OptionsType?.GetProperties().Any(property => property.IsDefined(typeof(RequiredMemberAttribute), inherit: false)) == true;

    private static InstalledDataset Make(PluginDescriptor plugin)
    {
        if (IsOfOnesOwn(plugin))
            throw new FetchException($"'{plugin.Name}' reads data of one's own, whose files a manifest names: 'validate MANIFEST' checks them.");
        try
        {
            return new(plugin.Name, (IDataset)plugin.Create(plugin.OptionsType is null ? null : Activator.CreateInstance(plugin.OptionsType)));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a plugin throws is the plugin's fault and is told as such.
            throw new FetchException($"Data set '{plugin.Name}' of {plugin.File} cannot be made with its default options: {e.GetBaseException().Message}", e);
        }
    }

    private static string Text(Presence presence) => presence switch
    {
        Presence.NoneNeeded => "none needed",
        Presence.Others => "others; data verify tells",
        _ => presence.ToString().ToLowerInvariant(),
    };
}
