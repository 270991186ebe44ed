using Entente.Domain;
using Entente.Server.Desk;
using Microsoft.AspNetCore.Identity;

namespace Entente.Server.Web.SignIn;

/// <summary>What came of an attempt to sign in. Why it failed is told to nobody.</summary>
public enum Entry { Welcome, Refused, TooBusy }

/// <summary>The door for people: by password, or by one click in a demo.</summary>
public sealed class Entrance(
    UserManager<Account> accounts, SignInManager<Account> cookies, PasswordSlots slots, AuditTrail audit,
    Settings settings)
{
    // A stranger's attempt takes as long as a known person's: this is hashed against when nobody is found.
    private static readonly Account Nobody = new()
    {
        Person = new(""), Marketplace = new(""), Login = "", Email = "", Disabled = true, SecurityStamp = "",
    };
    private static string? s_nobodysHash;

    public async Task<Entry> ByPassword(
        MarketplaceId marketplace, string login, string password, string address, CancellationToken stop)
    {
        using var slot = await slots.Take(stop);
        if (slot is null) return Entry.TooBusy;
        var account = await accounts.FindByNameAsync(Account.NameIn(marketplace, People.Login(login)));
        if (account is null || account.Disabled || account.PasswordHash is null
            || await accounts.IsLockedOutAsync(account))
        {
            PretendToCheck(password);
            await audit.Note(marketplace, address, account?.Person.Value ?? "", "sign_in_failed", stop: stop);
            return Entry.Refused;
        }
        var result = await cookies.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        await audit.Note(marketplace, address, account.Person.Value, result.Succeeded ? "sign_in" : "sign_in_failed",
            stop: stop);
        return result.Succeeded ? Entry.Welcome : Entry.Refused;
    }

    /// <summary>One click: only where the centre is a demo, and only as one of its demo people.</summary>
    public async Task<Entry> AsDemo(Person? person, string address, CancellationToken stop)
    {
        if (!settings.Demo || person is not { Demo: true, Disabled: false }) return Entry.Refused;
        if (await accounts.FindByIdAsync(person.Id.Value) is not { } account) return Entry.Refused;
        await cookies.SignInAsync(account, isPersistent: false);
        await audit.Note(person.Marketplace, address, person.Id.Value, "sign_in_demo", stop: stop);
        return Entry.Welcome;
    }

    /// <param name="everywhere">A new stamp: every cookie of this person is
    /// worth nothing from the next request on.</param>
    public async Task Leave(Caller caller, bool everywhere)
    {
        if (everywhere && caller.Person is { } person && await accounts.FindByIdAsync(person.Value) is { } account)
            await accounts.UpdateSecurityStampAsync(account);
        await cookies.SignOutAsync();
    }

    private void PretendToCheck(string password)
    {
        s_nobodysHash ??= accounts.PasswordHasher.HashPassword(Nobody, "nobody");
        accounts.PasswordHasher.VerifyHashedPassword(Nobody, s_nobodysHash, password);
    }
}

/// <summary>Hashing a password is dear on purpose: so many at once, a few more wait
/// a moment, the rest are asked to come back.</summary>
public sealed class PasswordSlots(Settings settings) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _slots = new(settings.Limits.PasswordsAtOnce);

    /// <summary>Null when none came free in time.</summary>
    public async Task<IDisposable?> Take(CancellationToken stop) =>
        await _slots.WaitAsync(Patience, stop) ? new Slot(_slots) : null;

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
