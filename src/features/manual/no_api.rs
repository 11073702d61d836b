//! Providers without an API that shows costs to an ordinary account. The gallery lists them, and each leads to an account kept by
//! hand or by file.
//!
//! Knows what each provider lacks and where its figure is shown, one line each. Looked up in November 2026.

use crate::features::manual::no_api::Lacks::{Api, Documents, LargerPlans, Retired};
use crate::provider::Kind::{self, Compute, Hosting, Media, Models};
use crate::text::Text;

/// A provider without an API that shows costs.
#[derive(Debug)]
pub(crate) struct NoApi {
    /// Its name in addresses.
    pub(crate) id: &'static str,
    /// The name on the pages, and of its accounts.
    pub(crate) name: &'static str,
    /// What it sells.
    pub(crate) kind: Kind,
    /// The reason why its costs cannot be read.
    pub(super) lacks: Lacks,
    /// The page that shows its figure.
    pub(super) page: &'static str,
}

/// The reason why a provider's costs cannot be read.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lacks {
    /// It has no API for costs or balances.
    Api,
    /// It has an API for larger plans only.
    LargerPlans,
    /// It shut down its API.
    Retired,
    /// It may have an API but does not document it.
    Documents,
}

impl Lacks {
    /// The reason as a sentence; `{}` is the provider.
    pub(super) fn sentence(self) -> &'static Text {
        match self {
            Api => &Text {
                en: "{} has no API for costs or balances.", zh: "{} 没有提供费用或余额的 API。"
            },
            LargerPlans => &Text {
                en: "{} offers an API for costs only to larger plans, such as Enterprise.",
                zh: "{} 仅向 Enterprise 等高级套餐提供费用 API。",
            },
            Retired => &Text {
                en: "{} ended its API for balances in August 2026.",
                zh: "{} 已于 2026 年 8 月停止余额 API。",
            },
            Documents => &Text {
                en: "{} doesn't document an API for costs or balances.",
                zh: "{} 没有公开的费用或余额 API 文档。",
            },
        }
    }
}

/// All such providers, in the order in which the pages offer them.
pub(crate) const NO_API: &[NoApi] = &[
    no_api("groq", "Groq", Hosting, Api, "https://console.groq.com/settings/billing"),
    no_api("mistral", "Mistral AI", Models, LargerPlans, "https://admin.mistral.ai/"),
    no_api("perplexity", "Perplexity", Models, Api, "https://console.perplexity.ai/"),
    no_api("cohere", "Cohere", Models, Api, "https://dashboard.cohere.com/billing"),
    no_api("replicate", "Replicate", Hosting, Api, "https://replicate.com/account/billing"),
    no_api("siliconflow", "SiliconFlow", Hosting, Retired, "https://cloud.siliconflow.cn/"),
    no_api("hyperbolic", "Hyperbolic", Hosting, Documents, "https://app.hyperbolic.xyz/settings"),
    no_api("cerebras", "Cerebras", Hosting, Api, "https://cloud.cerebras.ai/"),
    no_api("nebius", "Nebius Token Factory", Hosting, Documents, "https://tokenfactory.nebius.com/"),
    no_api("lambda", "Lambda", Compute, Api, "https://cloud.lambda.ai/"),
    no_api("assemblyai", "AssemblyAI", Media, Documents, "https://www.assemblyai.com/dashboard/"),
    no_api("modal", "Modal", Compute, LargerPlans, "https://modal.com/settings/usage"),
    no_api("netlify", "Netlify", Compute, Documents, "https://app.netlify.com/"),
    no_api("fly", "Fly.io", Compute, Documents, "https://fly.io/dashboard"),
    no_api("render", "Render", Compute, Documents, "https://dashboard.render.com/billing"),
    no_api("pinecone", "Pinecone", Compute, Documents, "https://app.pinecone.io/"),
];

const fn no_api(id: &'static str, name: &'static str, kind: Kind, lacks: Lacks, page: &'static str) -> NoApi {
    NoApi { id, name, kind, lacks, page }
}

/// The provider with this name in addresses.
pub(crate) fn find(id: &str) -> Option<&'static NoApi> {
    NO_API.iter().find(|provider| provider.id == id)
}
