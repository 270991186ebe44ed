using System.Security.Cryptography;
using Entente.Domain;

namespace Entente.Server.Desk;

/// <summary>Somebody who writes: makes texts of what they typed, each committed to with a salt of its own.</summary>
public sealed class Writer(Caller caller)
{
    private const int SaltBytes = 16;

    /// <summary>Whose key the texts lie under: a person's or a party's own; what
    /// the platform writes outlives people.</summary>
    private string Owner =>
        caller.Memberships.FirstOrDefault(membership => membership.Party is not null)?.Party is not { } party
            ? PersonalText.Platform
            : caller.Person?.Value ?? party.Value;

    /// <param name="language">BCP 47; without one the writer's own.</param>
    public PersonalText Write(string text, string? language = null) =>
        new(Owner, language ?? caller.Language, text, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>What has no language: a number, a digest, a file's name.</summary>
    public PersonalText Mark(string text) => Write(text, "und");
}
