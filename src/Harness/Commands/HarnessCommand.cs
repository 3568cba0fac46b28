using System.CommandLine;

namespace Harness.Commands;

/// <summary>The command line: a verb a file.</summary>
public static class HarnessCommand
{
    /// <summary>All verbs; those at the end are what the harness calls itself with.</summary>
    public static RootCommand Create() => new("Benchmarks neural collapse: trains a matrix of architectures and data sets into the terminal phase, measures, and writes a report.")
    {
        RunCommand.Create(),
        ValidateCommand.Create(),
        PlanCommand.Create(),
        ListCommand.Create(),
        StatusCommand.Create(),
        ReportCommand.Create(),
        ExportCommand.Create(),
        CompareCommand.Create(),
        MeasureCommand.Create(),
        SchemaCommand.Create(),
        DataCommand.Create(),
        DoctorCommand.Create(),
        CellCommand.Create(),
        PreflightCommand.Create(),
        SelfTestCommand.Create(),
        ProbeCommand.Create(),
        MeasureFileCommand.Create(),
        ExportCellCommand.Create(),
    };
}
