using System.CommandLine;
using Harness.Commands;

// The host's own lifetime hears Ctrl-C and SIGTERM, so that a run stops at a checkpoint; the parser is not to end the process under it.
return await HarnessCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
