using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web.Staff;

namespace Entente.Server.Web.Party;

/// <summary>Reads the fields of an act's form.</summary>
public static class ActTyped
{
    /// <summary>Minor units; null where nothing was typed.</summary>
    public static (long? Minor, FormError? Wrong) Money(this Typed typed, string field, ActSubject about)
    {
        var text = typed[field].Trim();
        if (text.Length == 0) return (null, null);
        return Amounts.TryParse(text, about.File.View.Order.Currency, typed.Speaker.Language, out var money)
            ? (money.Minor, null)
            : (null, new(field, typed.Speaker.Say("contest.amount_unreadable")));
    }

    /// <summary>The instant at which a typed day is over; null where nothing was typed.</summary>
    public static (Instant? End, FormError? Wrong) Day(this Typed typed, string field, ActSubject about)
    {
        var text = typed[field].Trim();
        if (text.Length == 0) return (null, null);
        return StaffForms.EndOf(text, about.File.Policy.Calendar.Zone) is { } end
            ? (end, null)
            : (null, new(field, typed.Speaker.Say("request.due_unreadable")));
    }

    /// <summary>A value that was chosen, or that one has to be.</summary>
    public static (T? Value, FormError? Wrong) Chosen<T>(this Typed typed, string field) where T : struct, Enum =>
        Codes.TryParse<T>(typed[field], out var value)
            ? (value, null)
            : (null, new(field, typed.Speaker.Say("form.choose")));

    public static ValueList<PersonalText> InEachLanguage(this Typed typed, string field, ActSubject about) =>
        [.. about.File.View.Languages.Select(language =>
            new Writer(typed.Caller).Write(Typed.Plain(typed[$"{field}.{language}"]), language))];
}
