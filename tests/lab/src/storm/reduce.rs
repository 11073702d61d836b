//! Reduces a failing storm: drops steps while the same failure remains.

use crate::storm::plan::Storm;
use crate::storm::run;
use crate::storm::step::Step;

/// The storm with as few steps as possible, and disturbances only where they matter.
pub fn reduce(storm: &Storm) -> Storm {
    let Some((kind, step)) = failure(storm) else { return storm.clone() };
    let mut storm = storm.clone();
    storm.steps.truncate(step + 1);
    let fails = |steps: &[Step], storm: &Storm| {
        failure(&Storm { steps: steps.to_vec(), ..storm.clone() }).is_some_and(|(other, _)| other == kind)
    };
    let mut length = storm.steps.len().div_ceil(2);
    while length > 0 {
        let (mut begin, mut is_any) = (0, false);
        while begin < storm.steps.len() {
            let end = (begin + length).min(storm.steps.len());
            let mut fewer = storm.steps.clone();
            // The time of dropped steps passes before the next one.
            let passed: u64 = fewer.drain(begin..end).map(|step| step.after).sum();
            let without_time = fewer.clone();
            if let Some(next) = fewer.get_mut(begin) {
                next.after += passed;
            }
            if fails(&without_time, &storm) {
                (storm.steps, is_any) = (without_time, true);
            } else if fails(&fewer, &storm) {
                (storm.steps, is_any) = (fewer, true);
            } else {
                begin = end;
            }
        }
        length = if is_any { length.min(storm.steps.len()) } else { length / 2 };
    }
    for place in 0..storm.steps.len() {
        let undisturbed: [fn(&mut Step); 2] = [|step| step.dies_at = None, |step| step.meanwhile = None];
        for calm in undisturbed {
            let mut steps = storm.steps.clone();
            steps.iter_mut().skip(place).take(1).for_each(calm);
            if steps != storm.steps && fails(&steps, &storm) {
                storm.steps = steps;
            }
        }
    }
    storm
}

/// The failure without its amounts and times, and the step after which it occurred.
fn failure(storm: &Storm) -> Option<(String, usize)> {
    let failure = run(storm, &mut String::new()).err()?;
    let kind = failure.why.chars().filter(|sign| !sign.is_ascii_digit()).take(28).collect();
    Some((kind, failure.step))
}
