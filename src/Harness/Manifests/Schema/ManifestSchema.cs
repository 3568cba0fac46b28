using System.Text.Json.Nodes;
using Harness.Manifests.Options;
using Harness.Plugins;

namespace Harness.Manifests.Schema;

/// <summary>
/// The JSON Schema of manifests, for editors: it knows the options of every installed plugin. Manifests may be laid over others, so nothing is required, and what only the whole
/// of them can tell is left to <c>validate</c>.
/// </summary>
public static class ManifestSchema
{
    /// <summary>The schema, of draft 2020-12.</summary>
    /// <param name="catalog">The plugins.</param>
    public static JsonObject Of(PluginCatalog catalog)
    {
        var schema = OptionsSchema.Mapping(Sections(catalog));
        schema["type"] = "object";
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A manifest of the harness",
            ["$defs"] = Definitions(catalog),
        }.With(schema);
    }

    private static JsonObject Sections(PluginCatalog catalog) => new()
    {
        ["name"] = Said(new() { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9._-]{0,59}$" }, "Name of the run, and of its folder runs/NAME; the file's name without extension where absent."),
        ["extends"] = Said(OneOrMany(), "A manifest this one is laid over, or a list; paths are relative to this file."),
        ["seeds"] = Said(
            new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, ["uniqueItems"] = true, ["default"] = new JsonArray(0) },
            "Roots of the initial weights and of the order of the images."),
        ["architectures"] = Said(Labelled(catalog, PluginKind.Architecture), "Label: plugin and its options."),
        ["datasets"] = Said(Labelled(catalog, PluginKind.Dataset), "Label: plugin and its options."),
        ["training"] = Said(Reference("training"), "How a cell is trained. Defaults are the protocol of Papyan, Han and Donoho 2020."),
        ["measure"] = Said(Reference("measure"), "What is measured and when."),
        ["limits"] = Said(Reference("limits"), "What a cell's process may use."),
        ["retry"] = Said(Reference("retry"), "How often a failed cell is tried again."),
        ["overrides"] = Said(new() { ["type"] = new JsonArray("array", "null"), ["items"] = Override(catalog) }, "What differs in some cells."),
        ["exclude"] = Said(new() { ["type"] = new JsonArray("array", "null"), ["items"] = Reference("cells") }, "Cells left out."),
    };

    private static JsonObject Definitions(PluginCatalog catalog)
    {
        var definitions = new JsonObject
        {
            ["cells"] = OptionsSchema.Mapping(new() { ["dataset"] = OneOrMany(), ["architecture"] = OneOrMany() }),
            ["training"] = OptionsSchema.Mapping(OptionsSchema.Properties(typeof(TrainingOptions)).With(new() { [SweepReader.Key] = Sweep() })),
            ["measure"] = OptionsSchema.Mapping(Measure(catalog)),
            ["limits"] = OptionsSchema.Mapping(OptionsSchema.Properties(typeof(CellLimits))),
            ["retry"] = OptionsSchema.Mapping(OptionsSchema.Properties(typeof(RetryPolicy))),
        };
        foreach (var plugin in catalog.Plugins) definitions[Name(plugin)] = Said(OptionsSchema.Mapping(Options(plugin)), plugin.Summary);
        return definitions;
    }

    /// <summary>Labels, each with the options of the plugin that <c>use</c> names, and of the plugin of the label's name where it says nothing.</summary>
    private static JsonObject Labelled(PluginCatalog catalog, PluginKind kind)
    {
        var plugins = catalog.Plugins.Where(p => p.Kind == kind).ToArray();
        return new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(plugins.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Chosen(plugins, otherwise: Reference(Name(p)))))),
            ["additionalProperties"] = Chosen(plugins, otherwise: AnyOf(plugins)),
        };
    }

    /// <summary>The options of the plugin that is named, and others where none is.</summary>
    private static JsonObject Chosen(PluginDescriptor[] plugins, JsonObject otherwise) => new()
    {
        ["if"] = new JsonObject { ["type"] = "object", ["required"] = new JsonArray("use") },
        ["then"] = new JsonObject
        {
            ["properties"] = new JsonObject { ["use"] = new JsonObject { ["enum"] = new JsonArray([.. plugins.Select(p => (JsonNode?)p.Name)]) } },
            ["allOf"] = new JsonArray([
                .. plugins.Select(p => (JsonNode?)new JsonObject
                {
                    ["if"] = new JsonObject { ["properties"] = new JsonObject { ["use"] = new JsonObject { ["const"] = p.Name } } },
                    ["then"] = Reference(Name(p)),
                })]),
        },
        ["else"] = otherwise,
    };

    /// <summary>An override, or a label whose plugin a base manifest names: any option that some plugin of the kind has.</summary>
    private static JsonObject AnyOf(IEnumerable<PluginDescriptor> plugins) => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. plugins.SelectMany(p => Options(p).Select(o => o.Key)).Distinct().Order(StringComparer.Ordinal).Select(k => (JsonNode?)k)]) },
    };

    private static JsonObject Options(PluginDescriptor plugin)
    {
        var options = OptionsSchema.Properties(plugin.OptionsType);
        return plugin.Kind switch
        {
            PluginKind.Metric => options.With(new() { ["at"] = Said(new() { ["enum"] = new JsonArray([.. ScalarReader.Names(typeof(MeasureAt)).Select(n => (JsonNode?)n), null]) }, "When it runs: at every measured epoch, or only at the first of the terminal phase and the last.") }),
            PluginKind.Dataset => Use(plugin).With(options).With(OptionsSchema.Properties(typeof(SubsampleOptions))),
            _ => Use(plugin).With(options),
        };
    }

    private static JsonObject Use(PluginDescriptor plugin) => new()
    {
        ["use"] = Said(new() { ["type"] = "string" }, $"The {PluginFinder.Noun(plugin.Kind)} plugin; may be left out where the label is its name."),
    };

    private static JsonObject Measure(PluginCatalog catalog) => new()
    {
        ["epochs"] = Said(Epochs(), "At the end of which epochs is measured: papyan2020, {log: COUNT}, {every: STEP} or a rising list."),
        ["metrics"] = Said(
            new()
            {
                ["type"] = new JsonArray("object", "null"),
                ["properties"] = new JsonObject(catalog.Plugins.Where(p => p.Kind == PluginKind.Metric).Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Reference(Name(p))))),
                ["additionalProperties"] = false,
            }, "The metrics, by name, each with its options."),
        [OutOfDistributionReader.Key] = Said(OutOfDistribution(catalog), "A set whose test images are of none of the classes: the label of one of the data sets here, or one with its options."),
    };

    /// <summary>A label, or a data set as under 'datasets' whose plugin is named.</summary>
    private static JsonObject OutOfDistribution(PluginCatalog catalog)
    {
        var plugins = catalog.Plugins.Where(p => p.Kind == PluginKind.Dataset).ToArray();
        return new() { ["if"] = new JsonObject { ["type"] = "object" }, ["then"] = Chosen(plugins, otherwise: AnyOf(plugins)), ["else"] = new JsonObject { ["type"] = new JsonArray("string", "null") } };
    }

    private static JsonObject Epochs()
    {
        var number = new JsonObject { ["type"] = "integer", ["minimum"] = 1 };
        return new()
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["enum"] = new JsonArray("papyan2020", null) },
                new JsonObject { ["type"] = "array", ["items"] = number.DeepClone() },
                OptionsSchema.Mapping(new() { ["log"] = number.DeepClone(), ["every"] = number.DeepClone() })),
        };
    }

    private static JsonObject Sweep() => Said(
        OptionsSchema.Mapping(new()
        {
            ["learningRate"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    OptionsSchema.Mapping(OptionsSchema.Properties(typeof(GeometricRates))),
                    new JsonObject { ["type"] = "array", ["items"] = ValueSchema.Of(OptionProperty.Of(typeof(TrainingOptions)).Single(o => o.Property.Name == nameof(TrainingOptions.LearningRate)), defaults: null), ["minItems"] = 2 }),
            },
        }), "Several learning rates, each in a cell of its own.");

    private static JsonObject Override(PluginCatalog catalog)
    {
        var schema = OptionsSchema.Mapping(new()
        {
            ["for"] = Said(Reference("cells"), "The cells it is laid over, by label."),
            ["note"] = Said(new() { ["type"] = new JsonArray("string", "null") }, "What it does, in a few words, for plans and reports."),
            ["dataset"] = AnyOf(catalog.Plugins.Where(p => p.Kind == PluginKind.Dataset)),
            ["architecture"] = AnyOf(catalog.Plugins.Where(p => p.Kind == PluginKind.Architecture)),
            ["training"] = Reference("training"),
            ["measure"] = Reference("measure"),
            ["limits"] = Reference("limits"),
            ["retry"] = Reference("retry"),
        });
        schema["required"] = new JsonArray("for");
        return schema;
    }

    private static string Name(PluginDescriptor plugin) => $"{plugin.Kind.ToString().ToLowerInvariant()} {plugin.Name}";

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/$defs/" + Uri.EscapeDataString(definition) };

    private static JsonObject OneOrMany() => new() { ["type"] = new JsonArray("string", "array", "null"), ["items"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Said(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }
}
