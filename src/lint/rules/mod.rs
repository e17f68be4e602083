//! One rule, one file.

pub mod commanding_tone;
pub mod filler_word;
pub mod generic_call_to_action;
pub mod gives_away_surprise;
pub mod late_reason;
pub mod missing_call_to_action;
pub mod missing_callback_number;
pub mod missing_caller_name;
pub mod missing_company;
pub mod missing_email;
pub mod missing_reason;
pub mod missing_recipient_name;
pub mod no_question;
pub mod not_a_voicemail;
pub mod not_english;
pub mod number_not_repeated;
pub mod price_mentioned;
pub mod sensitive_number;
pub mod too_long;
pub mod transactional_language;
pub mod weak_opener;
