namespace Entente.Domain.Policies;

/// <summary>The names of the rules in a policy document, and how an override copies one.</summary>
public static class RuleKeys
{
    public static Rules Copy(string key, Rules from, Rules onto) => throw new NotImplementedException();
}
