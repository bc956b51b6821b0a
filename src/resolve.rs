//! All guides → the map of the site; each guide's references → answers.
//!
//! In: cards of guides. Out: addresses, navigation, collisions, and for every reference
//! of a guide its target or why there is none. Must not know HTML or the disk.

mod address;
mod anchor;
mod answer;
mod asset;
mod card;
mod collision;
mod owners;
mod reference;
mod settings;
mod site_map;
mod tags;
mod visibility;

pub use anchor::{Anchors, HeadingText, anchors, hexo_heading_slug, hexo_slug, host_slug};
pub use answer::{Answer, HeadingAnchors, Picture};
pub use asset::lies_in_hidden;
pub use card::{Card, CardHeading, Difference, card, is_placed_alike, text_of};
pub use owners::Owners;
pub use reference::{Surroundings, answers};
pub use settings::{SettingTarget, setting_faults, setting_guide, setting_target};
pub use site_map::{Anchored, Entry, PageOwner, Parts, Section, SiteMap, Tag, assemble, folded};
pub use visibility::{Fronts, Show, Visibility, visibility};
