using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;
using Entente.Server.Words;

namespace Entente.Server.Web.Party;

/// <summary>
/// Something a party does with one press after having read what it means: its page, the text it may carry, its command.
/// </summary>
/// <param name="Move">As the moves table names it.</param>
/// <param name="Path">Below the dispute's address; {no} stands for what it is about.</param>
/// <param name="Words">What its sentences begin with: title, lead, points, button, done.</param>
/// <param name="Command">From what it is about and what was written; rehearsed before it is asked for.</param>
public sealed record Act(string Move, string Path, string Words, Func<string, PersonalText?,
    DisputeCommand>? Command = null)
{
    /// <summary>The field of the text that goes with it; null where nothing is to be written.</summary>
    public string? Field { get; init; }

    /// <summary>What is to be filled in, where that is more than a text.</summary>
    public Func<ActSubject, IReadOnlyList<ActField>> Fields { get; init; } = _ => [];

    /// <summary>Makes the command of a form with fields; without it the command needs none.</summary>
    public Func<ActSubject, Typed, ActReading>? Reads { get; init; }

    public int Limit { get; init; } = Texts.CommentMax;

    /// <summary>Whether something has to be written.</summary>
    public bool NeedsText { get; init; }

    /// <summary>Whether it cannot be undone and takes something away.</summary>
    public bool IsGrave { get; init; }

    /// <summary>What it means in figures and dates.</summary>
    public Func<ActSubject, Speaker, IReadOnlyList<SummaryRow>> Rows { get; init; } = (_, _) => [];

    /// <summary>What follows from it, one sentence each.</summary>
    public Func<ActSubject, Speaker, IReadOnlyList<string>> Points { get; init; } = (_, _) => [];

    /// <summary>Values of its title and lead.</summary>
    public Func<ActSubject, (string Name, object? Value)[]> Values { get; init; } = _ => [];

    /// <summary>What the dispute's page says when it is done.</summary>
    public string Done => Move;

    /// <summary>Whether what it is about exists for this reader at all.</summary>
    public Func<ActSubject, bool> Exists { get; init; } = _ => true;

    /// <summary>What was written with it.</summary>
    public PersonalText? Read(Typed typed) =>
        Field is null ? null : NeedsText ? typed.NeededText(Field) : typed.Text(Field);

    /// <summary>Whether this reader may do it to that now.</summary>
    public bool IsOpenFor(CaseFile file, string subject) => file.View.Actions.Any(action =>
        action.Move == Move && (action.Subject is not { } no || no.ToString(CultureInfo.InvariantCulture) == subject));
}

/// <summary>What an act is about: the dispute, and the number or id of something in it.</summary>
public sealed record ActSubject(CaseFile File, string Subject)
{
    public int No => int.TryParse(Subject, out var no) ? no : 0;
}
