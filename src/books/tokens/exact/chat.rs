//! DeepSeek's chat template applied to messages: their texts, with special tokens between them.
//!
//! The template is that of V3.1, from `tokenizer_config.json` of <https://huggingface.co/deepseek-ai/DeepSeek-V3.1>, for a
//! request for the next answer. An answer begins with `</think>` if the model does not think and with `<think>` if it does, which
//! is one token either way. Tools are not supported.
//!
//! ```text
//!   <｜begin▁of▁sentence｜> SYSTEM  <｜User｜> USER  <｜Assistant｜></think> ASSISTANT <｜end▁of▁sentence｜>  <｜User｜> ...
//! ```
//!
//! ```
//! use drawdown::books::tokens::exact::chat::{Message, Role, specials, render};
//!
//! let parts = render(&[Message { role: Role::User, text: "Hi".to_owned() }]);
//! assert_eq!(specials(&parts), 4);
//! ```

/// The author of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The operator who configures the model.
    System,
    /// The user.
    User,
    /// The model, in an earlier answer.
    Assistant,
}

/// A message of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The author.
    pub role: Role,
    /// The content.
    pub text: String,
}

/// A part of the model's input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A text with tokens to count.
    Text(String),
    /// A special token, which counts as one.
    Special(&'static str),
}

const BEGIN: Part = Part::Special("<｜begin▁of▁sentence｜>");
const USER: Part = Part::Special("<｜User｜>");
const ASSISTANT: Part = Part::Special("<｜Assistant｜>");
const THOUGHT: Part = Part::Special("</think>");
const END: Part = Part::Special("<｜end▁of▁sentence｜>");

/// Renders a chat as the model's input.
pub fn render(messages: &[Message]) -> Vec<Part> {
    // All system messages come first, as one text.
    let system = messages.iter().filter(|message| message.role == Role::System);
    let system: Vec<&str> = system.map(|message| message.text.as_str()).collect();
    let mut parts = vec![BEGIN, Part::Text(system.join("\n\n"))];
    let mut is_answer_next = false;
    for Message { role, text } in messages {
        match role {
            Role::System => continue,
            Role::User => parts.extend([USER, Part::Text(text.clone())]),
            Role::Assistant => {
                if is_answer_next {
                    parts.extend([ASSISTANT, THOUGHT]);
                }
                // The thinking before an earlier answer is left out.
                let answer = text.split_once("</think>").map_or(text.as_str(), |(_, answer)| answer);
                parts.extend([Part::Text(answer.to_owned()), END]);
            }
        }
        is_answer_next = *role == Role::User;
    }
    if is_answer_next {
        parts.extend([ASSISTANT, THOUGHT]);
    }
    parts
}

/// The number of special tokens.
pub fn specials(parts: &[Part]) -> u64 {
    parts.iter().map(|part| u64::from(matches!(part, Part::Special(_)))).sum()
}
