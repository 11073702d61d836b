//! The colors of charts: in both schemes, each stands out from a card, and color-blind readers can tell any two apart.
#![expect(clippy::float_arithmetic, reason = "colors are no money")]

use crate::tidy;

/// The background of a card, in the light and in the dark scheme.
const CARDS: [&str; 2] = ["#ffffff", "#161b22"];
/// WCAG 2.2, 1.4.11: graphics that carry meaning.
const LEAST_CONTRAST: f64 = 3.0;
/// The distance in OKLab below which two areas look alike: five times what is just noticeable.
const LEAST_DISTANCE: f64 = 0.1;

type Color = [f64; 3];
type Matrix = [[f64; 3]; 3];

/// How red, green and blue are seen: by most people, and without one kind of cone (Machado, Oliveira and Fernandes 2009,
/// severity 1).
const VISION: [(&str, Matrix); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

const TO_CONES: Matrix = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
const TO_OKLAB: Matrix = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];

fn times(matrix: &Matrix, [a, b, c]: Color) -> Color {
    matrix.map(|[x, y, z]| x * a + y * b + z * c)
}

/// Light of each color, from 0 to 1.
fn linear(hex: &str) -> Color {
    [1, 3, 5].map(|place| {
        let value = f64::from(u8::from_str_radix(&hex[place..place + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| {
        let [red, green, blue] = linear(hex);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (one, other) = (luminance(one), luminance(other));
    one.max(other) / one.min(other)
}

fn seen(hex: &str, vision: &Matrix) -> Color {
    let light = times(vision, linear(hex)).map(|part| part.max(0.0));
    times(&TO_OKLAB, times(&TO_CONES, light).map(f64::cbrt))
}

/// The colors of a custom property in both schemes: `--s0: light-dark(#0f766e, #2dd4bf)`.
fn pair(css: &str, name: &str) -> [String; 2] {
    let (_, rest) = css.split_once(&format!("--{name}: light-dark(")).unwrap();
    let (light, dark) = rest.split_once(')').unwrap().0.split_once(", ").unwrap();
    [light.to_owned(), dark.to_owned()]
}

fn css() -> String {
    std::fs::read_to_string(tidy::root().join("extension/charts.css")).unwrap()
}

#[test]
fn every_color_of_a_chart_stands_out_from_a_card() {
    let css = css();
    for name in ["s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "forecast", "past"] {
        for (color, card) in pair(&css, name).iter().zip(CARDS) {
            let contrast = contrast(color, card);
            assert!(contrast >= LEAST_CONTRAST, "--{name}: {color} has {contrast:.2}:1 on {card}");
        }
    }
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9, "the measure itself");
}

#[test]
fn any_two_series_are_told_apart_with_every_kind_of_color_blindness() {
    let css = css();
    let hues: Vec<_> = (0..8).map(|hue| pair(&css, &format!("s{hue}"))).collect();
    for scheme in [0, 1] {
        for (kind, vision) in &VISION {
            for (place, one) in hues.iter().enumerate() {
                for other in &hues[..place] {
                    let (one, other) = (&one[scheme], &other[scheme]);
                    let (a, b) = (seen(one, vision), seen(other, vision));
                    let distance = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                    assert!(distance >= LEAST_DISTANCE, "{one} and {other} with {kind}: {distance:.3}");
                }
            }
        }
    }
}
