//! The profile: recipients of warnings, amounts, and exemptions.

mod check;
mod choice;
mod layer;
mod load;
mod organization;
mod raw;
mod settings;
mod syntax;
mod webhook;

pub use choice::{parse_email, parse_emails, parse_limit, reference, resolve};
pub use load::{Say, load, shipped};
pub use organization::{parse_external_id, parse_role};
pub use settings::{
    AlarmRule, Allowance, Anomaly, Approval, BudgetAction, Budgets, DEFAULT, FreeTier, Keep, Management, Monthly,
    Notify, Organization, Profile, Sweep, Trail, TrailBy, Usage, Which,
};
pub use webhook::{Webhook, masked};
