//! The parameters as cells of the table of properties: `TYPE`, `LANGUAGE.when(IfText)`.

#![allow(dead_code, reason = "not every parameter is named by a grammar")]

use super::ParameterId;
use super::parameter_id::each_parameter;
use super::property::{Allowed, Condition};

impl Allowed {
    pub(super) const fn when(self, condition: Condition) -> Self {
        Allowed { condition, ..self }
    }
}

macro_rules! cells {
    ($($ident:ident),+) => {
        $(pub(super) const $ident: Allowed = Allowed {
            parameter: ParameterId::$ident,
            condition: Condition::Always,
        };)+
    };
}

each_parameter!(cells);
