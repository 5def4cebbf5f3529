error-denied = permission is missing: { $action }

## budgets
note-budgets-free = budgets that only warn cost nothing
proof-budget-alerts-ok = every alert of budget { $subject } names every recipient
proof-budget-alerts-broken = budget { $subject } lacks an alert or a recipient, so a warning can get lost; run guardrail init to put it right
