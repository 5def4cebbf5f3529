error-denied = permission is missing: { $action }

## budgets
note-budgets-free = 通知だけの予算に料金はかかりません
proof-budget-alerts-ok = 予算 { $subject } のすべてのアラートに、すべての通知先が設定されています
proof-budget-alerts-broken = 予算 { $subject } のアラートまたは通知先が不足しているため、警告が届かないおそれがあります。guardrail init を実行すると修復できます
