using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Harness.Manifests.Yaml;

namespace Harness.Manifests.Options;

/// <summary>Applies the validation attributes of an options record and says what they mean with the place of the value.</summary>
internal static class OptionChecks
{
    /// <summary>Checks one property. [Range], [AllowedValues] and [DeniedValues] on a list are about its items, and pass an option that is not set.</summary>
    /// <param name="instance">The filled record.</param>
    /// <param name="option">Which property.</param>
    /// <param name="written">Its value in the manifest, or null where it has its default.</param>
    /// <param name="owner">Where to report a default that does not pass: [Required] without a value.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Check(object instance, OptionProperty option, Node? written, Place owner, ErrorList errors)
    {
        var value = option.Property.GetValue(instance);
        foreach (var rule in option.Property.GetCustomAttributes<ValidationAttribute>(inherit: true))
        {
            var aboutItems = rule is RangeAttribute or AllowedValuesAttribute or DeniedValuesAttribute;
            if (aboutItems && value is null) continue;
            if (aboutItems && value is IEnumerable and not string)
            {
                var items = ((IEnumerable)value).Cast<object>().ToArray();
                for (var i = 0; i < items.Length; i++) Apply(rule, items[i], (written as SequenceNode)?.Items[i] ?? written);
            }
            else
            {
                Apply(rule, value, written);
            }
        }

        void Apply(ValidationAttribute rule, object? of, Node? at)
        {
            if (Broken(rule, instance, of, option.Key) is not { } sentence) return;
            errors.Add(at?.Place ?? owner, at is ScalarNode ? $"{sentence}, not {at.Description}{Near(rule, at)}" : sentence);
        }
    }

    /// <summary>Checks what concerns the record as a whole: attributes of the class, and <see cref="IValidatableObject"/>.</summary>
    /// <param name="instance">The filled record.</param>
    /// <param name="written">The keys in the manifest.</param>
    /// <param name="owner">Where to report what names no written key.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckWhole(object instance, IReadOnlyDictionary<string, MappingEntry> written, Place owner, ErrorList errors)
    {
        var context = new ValidationContext(instance);
        var results = instance.GetType().GetCustomAttributes<ValidationAttribute>(inherit: true).Select(rule => Guard(() => rule.GetValidationResult(instance, context)));
        if (instance is IValidatableObject whole) results = results.Concat(Guard(() => whole.Validate(context).ToArray(), e => [new(e)]));
        foreach (var result in results.OfType<ValidationResult>())
        {
            var keys = OptionProperty.Of(instance.GetType()).Where(o => result.MemberNames.Contains(o.Property.Name)).Select(o => o.Key);
            var entry = keys.Select(k => written.GetValueOrDefault(k)).FirstOrDefault(e => e is not null);
            errors.Add(entry?.Value.Place ?? owner, (result.ErrorMessage ?? "these options do not go together").TrimEnd('.'));
        }
    }

    private static string? Broken(ValidationAttribute rule, object instance, object? value, string key)
    {
        var plain = rule is { ErrorMessage: null, ErrorMessageResourceName: null };
        if (rule is RangeAttribute range && NumericRange.Of(range) is { } numbers && NumericRange.IsNumber(value))
            return numbers.Contains(value!) ? null : plain ? $"'{key}' must be {numbers.Sentence}" : Sentence(rule.FormatErrorMessage(key), key);
        var context = new ValidationContext(instance) { MemberName = null, DisplayName = key };
        if (Guard(() => rule.GetValidationResult(value, context)) is not { } result) return null;
        return rule switch
        {
            RequiredAttribute when plain => $"'{key}' is missing; it has no default",
            AllowedValuesAttribute allowed when rule.ErrorMessage == new AllowedValuesAttribute().ErrorMessage => $"'{key}' must be {Suggestion.Alternatives([.. allowed.Values.Select(NumericRange.Format)])}",
            _ => Sentence(result.ErrorMessage, key),
        };
    }

    private static string Near(ValidationAttribute rule, Node at) =>
        rule is AllowedValuesAttribute allowed && at is ScalarNode scalar && Suggestion.Nearest(scalar.Text, allowed.Values.OfType<string>()) is { } near
            ? $"; did you mean '{near}'?" : "";

    /// <summary>The attributes' own "The field x must ..." in the words of the other sentences.</summary>
    private static string Sentence(string? message, string key) =>
        (message ?? $"'{key}' is not valid").Replace($"The field {key} ", $"'{key}' ", StringComparison.Ordinal)
            .Replace($"The {key} field ", $"'{key}' ", StringComparison.Ordinal).TrimEnd('.');

    private static ValidationResult? Guard(Func<ValidationResult?> check) => Guard(check, e => new(e));

    /// <summary>A plugin's own check that throws is a refusal too.</summary>
    private static T Guard<T>(Func<T> check, Func<string, T> thrown)
    {
        try
        {
            return check();
        }
        catch (Exception e)
        {
            return thrown($"the check of these options failed: {e.Message}");
        }
    }
}
