using Entente.Bench;

// Each measurement prints a ratio of two things done turn about in the same run; run it in Release, on a quiet machine.
var what = args.FirstOrDefault() ?? "all";
if (what is "domain" or "all") DomainBench.Run();
if (what is "replay" or "all") ReplayBench.Run();
if (what is "store" or "all") await StoreBench.Run();
