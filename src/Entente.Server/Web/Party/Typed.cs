using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>What a form of a page carries beside its own fields: who sends it,
/// the command key, what its reader had seen.</summary>
public sealed record Typed(IFormCollection Form, Caller Caller, Speaker Speaker)
{
    public string? Key => Form[CommandKey.FieldName].ToString() is { Length: > 0 and <= 64 } key ? key : null;

    public int? Seen =>
        int.TryParse(Form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;

    public string this[string field] => Form[field].ToString();

    /// <summary>The text of a field as its writer's, in the language of the
    /// page; null where nothing was written.</summary>
    public PersonalText? Text(string field) =>
        Plain(this[field]) is { Length: > 0 } text ? new Writer(Caller).Write(text, Speaker.Language) : null;

    /// <summary>The same where an empty one is to be refused by the rules.</summary>
    public PersonalText NeededText(string field) => new Writer(Caller).Write(Plain(this[field]), Speaker.Language);

    /// <summary>Browsers end lines with two signs; people do with one.</summary>
    public static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    public FormState Wrong(params IEnumerable<FormError> errors) => FormState.Of(Form, errors);

    public FormState Refused(Refusal refusal) => FormState.Of(Form, Speaker, refusal);
}
