using System.CommandLine;
using System.CommandLine.Invocation;
using Harness;
using Harness.Commands;
using Harness.Images;
using Harness.Running;
using Harness.Torch;

FileFingerprint.Remembered = new RememberedHashes(Path.Combine(UserCache.Folder, "hashes")).Of;

// The host's own lifetime hears Ctrl-C and SIGTERM, so that a run stops at a checkpoint; the parser is not to end the process under it.
var command = HarnessCommand.Create().Parse(args);
if (command.Errors.Count == 0) return await command.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

// A mistyped option gets its sentence and the nearest right name; the verbs and options are shown only where no verb is given.
if (command.Action is ParseErrorAction refusal && command.CommandResult.Command is not RootCommand) refusal.ShowHelp = false;
await command.InvokeAsync();
return ExitCode.Invalid;
