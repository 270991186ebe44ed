using System.Security.Cryptography;

namespace Entente.Server.Desk;

/// <summary>Ids nobody can guess and nothing can be read from.</summary>
internal static class NewId
{
    private const int Bytes = 16;

    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
