//! What holds for every picture.

#[path = "laws/xml.rs"]
mod xml;

use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_plot::{
    AxisScale, Bar, ColorMap, Contrast, Figure, Function, Image, Overlay, PlaneCurve, PlotError,
    ScoreCurve, Series, calibration_curves, confusion_matrix, decision_boundary, function_plot,
    heat_map, image_grid, learning_curves, overlay_grid, plane_curves, precision_recall_curves,
    roc_curves, score_curves, signed_bars, xy_plot,
};
use gradus_testkit::cases;
use gradus_testkit::strategies::{special, structured_vector, vector};
use proptest::prelude::*;
use std::error::Error;
use xml::well_formed;

const MAPS: [ColorMap; 4] = [
    ColorMap::Gray,
    ColorMap::Blues,
    ColorMap::Viridis,
    ColorMap::Diverging,
];

/// Finite numbers of all sizes, and a few that are none.
fn data(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        structured_vector(1..most),
        vector(1..most),
        prop::collection::vec(special(), 1..most)
    ]
}

fn square(values: &[f64]) -> Result<MatrixRef<'_, f64>, gradus_numeric::NumericError> {
    MatrixRef::new(values, Shape::new(1, values.len()), Order::Rows)
}

/// A picture is well-formed and comes out the same twice, or there is an error: never a panic.
fn sound(draw: impl Fn() -> Result<String, PlotError>) -> Result<(), TestCaseError> {
    let first = draw();
    prop_assert_eq!(format!("{first:?}"), format!("{:?}", draw())); // a NaN in an error is itself
    if let Ok(svg) = first {
        prop_assert_eq!(well_formed(&svg), Ok(()));
        prop_assert!(!svg.contains("NaN") && !svg.contains("=\"inf"));
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn bars_of_any_data_are_sound(values in data(30), errors in data(30)) {
        let bar = |(&value, &error): (&f64, &f64)| Bar { name: "<feature & name>", value, error };
        let bars: Vec<Bar<'_>> = values.iter().zip(&errors).map(bar).collect();
        sound(|| signed_bars(&Figure::default(), &bars))?;
        let wrong = bars.iter().any(|bar| !bar.value.is_finite() || !bar.error.is_finite());
        let refused = matches!(signed_bars(&Figure::default(), &bars), Err(PlotError::NonFinite { .. }));
        prop_assert_eq!(refused, wrong);
    }

    #[test]
    fn judgements_of_any_data_are_sound(x in data(30), y in data(30), positives in special()) {
        let points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
        let finite = || points.iter().filter(|(x, y)| x.is_finite() && y.is_finite());
        let is_share = |x: f64| (0.0..=1.0).contains(&x);
        let shares = finite().all(|&(x, y)| is_share(x) && is_share(y));
        let curves = [PlaneCurve::line("a", &points), PlaneCurve::steps("<b>", &points)];
        for draw in [roc_curves, calibration_curves] {
            sound(|| draw(&Figure::default(), &curves))?;
            let refused = matches!(draw(&Figure::default(), &curves), Err(PlotError::NotAShare { .. }));
            prop_assert_eq!(refused, !shares);
        }
        sound(|| precision_recall_curves(&Figure::default(), &curves, positives))?;
        let drawn = precision_recall_curves(&Figure::default(), &curves, positives).is_ok();
        prop_assert_eq!(drawn, is_share(positives) && shares && finite().count() > 0);
    }

    #[test]
    fn scores_of_any_data_are_sound(at in data(8), a in data(8), b in data(8), low in special(), high in special()) {
        let scores: Vec<Vec<f64>> = at.iter().map(|_| a.clone()).collect();
        let curve = |scores| ScoreCurve { name: "a & b", scores };
        for horizontal in [AxisScale::Linear, AxisScale::Logarithmic] {
            sound(|| score_curves(&Figure::default(), &at, &[curve(&scores[..])], horizontal))?;
            sound(|| score_curves(&Figure::default().between(low, high), &at, &[curve(&scores[..])], horizontal))?;
            let (drawn, others) = (score_curves(&Figure::default(), &b, &[curve(&scores[..])], horizontal), b.len() != at.len());
            prop_assert_eq!(matches!(drawn, Err(PlotError::LengthMismatch { .. })), others);
        }
    }

    #[test]
    fn overlays_of_any_data_are_sound(values in data(30), ground in data(30)) {
        let over = Overlay { ground: square(&ground)?, values: square(&values)?, caption: "a < b" };
        for contrast in [Contrast::Shared, Contrast::PerImage] {
            let draw = || overlay_grid(&Figure::default(), &[over, over], 2, contrast);
            sound(draw)?;
            if ground.len() != values.len() {
                let refused = matches!(draw(), Err(PlotError::ImageSize { .. }));
                prop_assert!(refused);
            }
        }
    }

    #[test]
    fn curves_of_any_data_are_sound(a in data(30), b in data(30), low in special(), high in special()) {
        let series = [Series { name: "a", values: &a }, Series { name: "b", values: &b }];
        for vertical in [AxisScale::Linear, AxisScale::Logarithmic] {
            sound(|| learning_curves(&Figure::default(), &series, vertical))?;
            sound(|| learning_curves(&Figure::default().between(low, high), &series, vertical))?;
        }
    }

    #[test]
    fn moderate_curves_are_always_drawn(values in prop::collection::vec(1e-9..1e9, 1..50)) {
        let series = [Series { name: "", values: &values }];
        for vertical in [AxisScale::Linear, AxisScale::Logarithmic] {
            let svg = learning_curves(&Figure::default(), &series, vertical)?;
            prop_assert!(svg.contains("#0072B2"));
        }
    }

    #[test]
    fn matrices_of_any_data_are_sound(values in data(60)) {
        let matrix = square(&values)?;
        for map in MAPS {
            sound(|| heat_map(&Figure::default(), matrix, map))?;
            let images = [Image { pixels: matrix, caption: "x" }; 3];
            sound(|| image_grid(&Figure::default(), &images, 2, map, Contrast::Shared))?;
            sound(|| image_grid(&Figure::default(), &images, 2, map, Contrast::PerImage))?;
        }
        let drawable = values.iter().any(|x| x.is_finite());
        prop_assert_eq!(heat_map(&Figure::default(), matrix, ColorMap::Gray).is_ok(), drawable);
    }

    #[test]
    fn functions_of_any_values_are_sound(values in data(20), from in special(), to in special()) {
        #[allow(clippy::cast_possible_truncation, reason = "below a length")]
        let f = |x: f64| values[(x.to_bits() % values.len() as u64) as usize];
        let functions = [Function { name: "f", f: &f }];
        sound(|| function_plot(&Figure::default(), &functions, from, to))?;
        sound(|| function_plot(&Figure::default().between(-1.0, 1.0), &functions, -1.0, 1.0))?;
    }

    #[test]
    fn plane_curves_of_any_points_are_sound(x in data(40), y in data(40)) {
        let points: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).collect();
        let reversed: Vec<(f64, f64)> = points.iter().rev().copied().collect();
        let curves = [
            PlaneCurve::line("a", &points),
            PlaneCurve::points("b", &points[..1]),
            PlaneCurve::steps("c", &reversed),
        ];
        sound(|| plane_curves(&Figure::default(), &curves))?;
        sound(|| xy_plot(&Figure::default(), &curves))?;
        sound(|| plane_curves(&Figure::default().sized(300, 900), &curves))?;
    }

    #[test]
    fn boundaries_of_any_points_are_sound(values in data(40), class in any::<u32>()) {
        let values = &values[..values.len() / 2 * 2];
        let points = MatrixRef::new(values, Shape::new(2, values.len() / 2), Order::Columns)?;
        let labels = vec![class; points.columns()];
        let classify = |x: f64, y: f64| if x > y { class } else { 0 };
        sound(|| decision_boundary(&Figure::default().sized(200, 200), classify, points, &labels, &[]))?;
        sound(|| decision_boundary(&Figure::default(), classify, points, &labels, &["a", "b"]))?;
    }

    #[test]
    fn any_text_in_any_place_is_escaped(text in any::<String>(), width in 0..900_u32, height in 0..900_u32) {
        let figure = Figure::new(text.clone(), text.clone(), text.clone()).sized(width, height);
        let series = [Series { name: &text, values: &[1.0, 2.0] }];
        sound(|| learning_curves(&figure, &series, AxisScale::Linear))?;
        let counts = MatrixRef::new(&[1_u64], Shape::new(1, 1), Order::Rows)?;
        sound(|| confusion_matrix(&figure, counts, &[&text]))?;
        let point = MatrixRef::new(&[1.0, 2.0], Shape::new(2, 1), Order::Columns)?;
        sound(|| decision_boundary(&figure, |_, _| 0, point, &[0], &[&text]))?;
        let images = [Image { pixels: square(&[1.0])?, caption: &text }];
        sound(|| image_grid(&figure, &images, 1, ColorMap::Gray, Contrast::Shared))?;
    }
}

#[test]
fn hostile_titles_stay_text() -> Result<(), PlotError> {
    let hostile = "</text><script>alert('&amp;')</script>]]>\u{0}\u{b}\u{1b}";
    let figure = Figure::new(hostile, hostile, hostile).sized(1200, 900);
    let series = [Series {
        name: hostile,
        values: &[1.0, 2.0],
    }];
    let svg = learning_curves(&figure, &series, AxisScale::Linear)?;
    assert_eq!(well_formed(&svg), Ok(()));
    assert!(!svg.contains("<script"));
    assert!(svg.contains("&lt;script&gt;alert(&apos;&amp;amp;&apos;)"));
    Ok(())
}

#[test]
fn the_scanner_sees_what_is_broken() {
    for broken in [
        "",
        "<svg>",
        "<svg></g>",
        "<svg></svg><svg></svg>",
        "<svg a=b></svg>",
        "<svg a=\"<\"></svg>",
        "<svg>&</svg>",
        "<svg>&nbsp;</svg>",
        "<svg>\u{1}</svg>",
        "<svg>a</svg>b",
    ] {
        assert!(well_formed(broken).is_err(), "{broken}");
    }
    assert_eq!(well_formed("<svg a=\"1\"><g/>x &lt; y</svg>\n"), Ok(()));
}

#[test]
fn elements_are_counted() -> Result<(), Box<dyn Error>> {
    let counts: Vec<u64> = (0..9).collect();
    let matrix = MatrixRef::new(&counts, Shape::new(3, 3), Order::Rows)?;
    let svg = confusion_matrix(&Figure::default(), matrix, &["a", "b", "c"])?;
    assert_eq!(svg.matches("<rect").count(), 1 + 9); // the sheet and the cells
    assert_eq!(svg.matches("<text").count(), 8 + 6); // counts above 0, class names twice

    let gap = [1.0, 2.0, f64::NAN, 1.5, 1.0];
    let series = [Series {
        name: "gap",
        values: &gap,
    }];
    let svg = learning_curves(&Figure::default(), &series, AxisScale::Linear)?;
    assert_eq!(svg.matches("stroke-width=\"2\"").count(), 2); // one line on each side of the gap

    let pole = |x: f64| 1.0 / x;
    let function = [Function {
        name: "1/x",
        f: &pole,
    }];
    let svg = function_plot(&Figure::default().between(-2.0, 2.0), &function, -1.0, 1.0)?;
    assert_eq!(svg.matches("stroke-width=\"2\"").count(), 2); // the pole is not crossed
    Ok(())
}

#[test]
fn a_curve_is_cut_where_it_leaves() -> Result<(), PlotError> {
    // From (1, 0) to (2, 4), cut at 2: the line ends half way, at the top of the plane.
    let series = [Series {
        name: "",
        values: &[0.0, 4.0],
    }];
    let figure = Figure::default().between(0.0, 2.0).sized(384, 264);
    let svg = learning_curves(&figure, &series, AxisScale::Linear)?;
    // The plane: 66..366 × 14..214; epochs 0.8..2.2 on 300 pixels: 1 at 109, 1.5 at 216.
    assert!(svg.contains("points=\"109,214 216,14 \""), "{svg}");
    Ok(())
}

#[test]
fn both_axes_of_plane_curves_have_the_same_unit() -> Result<(), PlotError> {
    // A square with sides of 4, with a margin of 4 % on each: 4.32 on the 200 pixels of the height.
    let square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
    let curve = [PlaneCurve::line("", &square)];
    let svg = plane_curves(&Figure::default().sized(384, 264), &curve)?;
    // The plane: 66..366 × 14..214, its middle at (216, 114); 2 units are 200 · 2 / 4.32 = 93 pixels.
    assert!(
        svg.contains("points=\"123,207 309,207 309,21 123,21 \""),
        "{svg}"
    );
    Ok(())
}

#[test]
fn half_a_point_is_a_gap() -> Result<(), PlotError> {
    let (nan, infinite) = (f64::NAN, f64::INFINITY);
    let points = [
        (0.0, 0.0),
        (nan, 0.5),
        (1.0, 1.0),
        (0.5, infinite),
        (2.0, 0.0),
    ];
    let curve = [PlaneCurve::line("dots", &points)];
    let svg = plane_curves(&Figure::default(), &curve)?;
    assert_eq!(svg.matches("<circle").count(), 6); // three points alone, each with its rim
    let dots = [PlaneCurve::points("dots", &points)];
    let svg = plane_curves(&Figure::default(), &dots)?;
    assert_eq!(svg.matches("<circle").count(), 8); // and the one of the legend
    let nothing = [PlaneCurve::line("nothing", &points[1..2])];
    let figure = Figure::default();
    assert_eq!(
        plane_curves(&figure, &nothing).err(),
        Some(PlotError::Empty)
    );
    assert_eq!(plane_curves(&figure, &[]).err(), Some(PlotError::Empty));
    let far = [PlaneCurve::line(
        "far",
        &[(-f64::MAX, 0.0), (f64::MAX, 1.0)],
    )];
    assert!(matches!(
        plane_curves(&figure, &far),
        Err(PlotError::BadRange { .. })
    ));
    Ok(())
}

#[test]
fn a_curve_that_comes_back_has_a_gap() -> Result<(), PlotError> {
    let series = |values| [Series { name: "", values }];
    let above = learning_curves(
        &Figure::default().between(0.0, 2.0),
        &series(&[1.0, 9.0, 1.0]),
        AxisScale::Linear,
    )?;
    assert_eq!(above.matches("stroke-width=\"2\"").count(), 2);
    let not_positive = learning_curves(
        &Figure::default(),
        &series(&[1.0, -1.0, 1.0, 0.0, 1.0]),
        AxisScale::Logarithmic,
    )?;
    assert_eq!(not_positive.matches("<circle").count(), 6); // three points alone, each with its rim
    Ok(())
}

#[test]
fn rasters_lie_below_and_hold_the_colors() -> Result<(), Box<dyn Error>> {
    let svg = heat_map(&Figure::default(), square(&[0.0, 1.0])?, ColorMap::Gray)?;
    let sheet = svg.find("<rect").ok_or("no sheet")?;
    let image = svg.find("<image").ok_or("no image")?;
    let frame = svg.find("<polyline").ok_or("no frame")?;
    assert!(sheet < image && image < frame);
    // Two pixels, black and white: filter byte 0, then 00 00 00 ff ff ff, seven bytes in a stored block.
    assert!(svg.contains("data:image/png;base64,iVBORw0KGgo"));
    Ok(())
}

#[test]
fn the_picture_of_the_documentation_is_current() -> Result<(), PlotError> {
    let train: Vec<f64> = (0..10).map(|t| 0.1 + 2.2 * 0.5_f64.powi(t)).collect();
    let validation: Vec<f64> = train
        .iter()
        .zip(0..)
        .map(|(x, t)| x + 0.02 * f64::from(t))
        .collect();
    let series = [
        Series {
            name: "training",
            values: &train,
        },
        Series {
            name: "validation",
            values: &validation,
        },
    ];
    let figure = Figure::new(
        "The distance grows: overfitting",
        "epoch",
        "cross-entropy (nats)",
    );
    let svg = learning_curves(&figure.sized(560, 300), &series, AxisScale::Linear)?;
    assert_eq!(svg, include_str!("../docs/learning_curves.svg"), "{svg}");
    Ok(())
}

#[test]
fn curves_that_cannot_be_drawn_are_an_error() {
    let figure = Figure::default();
    let none: [Series<'_>; 0] = [];
    let nothing = [Series {
        name: "nothing",
        values: &[f64::NAN, f64::INFINITY],
    }];
    let negative = [Series {
        name: "negative",
        values: &[-1.0],
    }];
    let ok = [Series {
        name: "ok",
        values: &[1.0],
    }];
    let curves = |figure: &Figure, series: &[Series<'_>], vertical| {
        learning_curves(figure, series, vertical).err()
    };
    let empty = Some(PlotError::Empty);
    assert_eq!(curves(&figure, &none, AxisScale::Linear), empty);
    assert_eq!(curves(&figure, &nothing, AxisScale::Linear), empty);
    assert_eq!(curves(&figure, &negative, AxisScale::Logarithmic), empty);
    let (from, to) = (2.0, 1.0);
    assert_eq!(
        curves(&figure.clone().between(from, to), &ok, AxisScale::Linear),
        Some(PlotError::BadRange { from, to })
    );
    for (width, height) in [(0, 400), (640, 63), (9000, 400)] {
        assert_eq!(
            curves(&figure.clone().sized(width, height), &ok, AxisScale::Linear),
            Some(PlotError::BadSize { width, height })
        );
    }
    assert_eq!(function_plot(&figure, &[], 0.0, 1.0).err(), empty);
}

#[test]
fn points_that_do_not_fit_are_an_error() -> Result<(), Box<dyn Error>> {
    let figure = Figure::default();
    let matrix = square(&[1.0, 2.0])?;
    let (left, right) = (1, 0);
    let plane = MatrixRef::new(&[1.0, 2.0], Shape::new(2, 1), Order::Rows)?;
    assert_eq!(
        decision_boundary(&figure, |_, _| 0, plane, &[], &[]).err(),
        Some(PlotError::LengthMismatch { left, right })
    );
    assert_eq!(
        decision_boundary(&figure, |_, _| 0, matrix, &[0, 0], &[]).err(),
        Some(PlotError::NotPlanar { rows: 1 })
    );
    let lost = MatrixRef::new(&[1.0, f64::INFINITY], Shape::new(2, 1), Order::Rows)?;
    let (row, column, value) = (1, 0, f64::INFINITY);
    assert_eq!(
        decision_boundary(&figure, |_, _| 0, lost, &[0], &[]).err(),
        Some(PlotError::NonFinite { row, column, value })
    );
    Ok(())
}

#[test]
fn matrices_and_images_that_do_not_fit_are_an_error() -> Result<(), Box<dyn Error>> {
    let (figure, empty) = (Figure::default(), Some(PlotError::Empty));
    let matrix = square(&[1.0, 2.0])?;
    let plane = MatrixRef::new(&[1.0, 2.0], Shape::new(2, 1), Order::Rows)?;
    let counts = MatrixRef::new(&[1, 2], Shape::new(1, 2), Order::Rows)?;
    assert!(matches!(
        confusion_matrix(&figure, counts, &["a"]),
        Err(PlotError::NotSquare {
            classes: 1,
            rows: 1,
            columns: 2
        })
    ));
    let image = |pixels| Image {
        pixels,
        caption: "",
    };
    let images = [image(matrix), image(plane)];
    let grid = |images: &[Image<'_, f64>], columns| {
        image_grid(&figure, images, columns, ColorMap::Gray, Contrast::Shared).err()
    };
    assert!(matches!(
        grid(&images, 2),
        Some(PlotError::ImageSize {
            index: 1,
            got_rows: 2,
            ..
        })
    ));
    assert_eq!(grid(&images[..1], 0), empty);
    assert_eq!(grid(&[], 2), empty);
    let narrow = figure.sized(64, 64);
    let many = vec![image(matrix); 9];
    let grid = image_grid(&narrow, &many, 9, ColorMap::Gray, Contrast::Shared).err();
    let (needed, available) = (99, 32);
    assert_eq!(grid, Some(PlotError::TooMany { needed, available }));
    Ok(())
}

/// The words of the marks, in the order in which they were drawn.
fn words(svg: &str) -> Vec<&str> {
    let texts = svg.split("<text").skip(1);
    let inside = texts.filter_map(|text| Some(text.split_once('>')?.1.split_once('<')?.0.trim()));
    inside.collect()
}

#[test]
fn marks_can_be_told_apart() -> Result<(), PlotError> {
    for values in [
        [0.9991, 0.9993, 0.9995],
        [1000.1, 1000.2, 1000.3],
        [1e8, 1e8 + 0.1, 1e8 + 0.2],
        [-1.0 - 1e-9, -1.0, -1.0 + 1e-9],
    ] {
        let series = [Series {
            name: "",
            values: &values,
        }];
        let svg = learning_curves(&Figure::default(), &series, AxisScale::Linear)?;
        let words = words(&svg);
        let marks: Vec<f64> = words.iter().filter_map(|word| word.parse().ok()).collect();
        let across = 3; // epochs 1, 2, 3
        let up = &marks[across..];
        assert!(up.len() >= 4, "{words:?}");
        assert!(up.windows(2).all(|pair| pair[0] < pair[1]), "{words:?}");
        assert!(!svg.contains('…'), "{words:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    /// However far from zero and however close together: each mark has its own word, and none is cut.
    #[test]
    fn words_of_marks_differ(middle in special(), width in -12..12_i32, ends in any::<bool>()) {
        prop_assume!(middle.is_finite() && middle.abs() < 1e12);
        let size = if ends { 1.0 } else { middle.abs().max(1.0) };
        let width = size * 10_f64.powi(width).max(1e-11 * middle.abs().max(1.0));
        let values = [middle - width, middle, middle + width];
        prop_assume!(values[0] < values[1] && values[1] < values[2]);
        let series = [Series { name: "", values: &values }];
        if let Ok(svg) = learning_curves(&Figure::default(), &series, AxisScale::Linear) {
            let words = words(&svg);
            let marks: Vec<f64> = words.iter().filter_map(|word| word.parse().ok()).collect();
            prop_assert!(marks[3..].windows(2).all(|pair| pair[0] < pair[1]), "{:?}", words);
            prop_assert!(!svg.contains('…'), "{:?}", words);
        }
    }
}

#[test]
fn a_figure_without_room_says_how_much_it_needs() {
    let series = [Series {
        name: "training",
        values: &[1.0, 2.0],
    }];
    let draw = |width, height| {
        let figure = Figure::new("Loss", "epoch", "").sized(width, height);
        learning_curves(&figure, &series, AxisScale::Linear).map(|_| ())
    };
    match draw(64, 64) {
        Err(PlotError::NoRoom {
            needed_width,
            needed_height,
            ..
        }) => {
            assert_eq!(draw(needed_width, needed_height), Ok(()));
            assert!(draw(needed_width - 1, needed_height).is_err());
            assert!(draw(needed_width, needed_height - 1).is_err());
        }
        other => panic!("{other:?}"),
    }
}

/// A thousand classes took 216 MB; their picture is now as large as its pixels.
#[test]
fn large_matrices_are_pictures_of_bounded_size() -> Result<(), Box<dyn Error>> {
    for k in [1000, 1500] {
        let counts: Vec<u64> = (0..k * k).map(|i| u64::from(i % (k + 1) == 0)).collect();
        let side = usize::try_from(k)?;
        let counts = MatrixRef::new(&counts, Shape::new(side, side), Order::Rows)?;
        let names: Vec<String> = (0..k).map(|c| c.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let figure = Figure::new("Many classes", "predicted", "true").sized(640, 640);
        let svg = confusion_matrix(&figure, counts, &names)?;
        assert!(svg.len() < 2_000_000, "{}", svg.len());
        assert_eq!(svg.matches("<image").count(), 1);
        assert_eq!(well_formed(&svg), Ok(()));
    }
    Ok(())
}

/// Ten images of 256 × 256 pixels side by side are shrunk to their places.
#[test]
fn large_images_are_shrunk() -> Result<(), Box<dyn Error>> {
    let pixels: Vec<f64> = (0..256 * 256).map(f64::from).collect();
    let pixels = MatrixRef::new(&pixels, Shape::new(256, 256), Order::Rows)?;
    let images = vec![
        Image {
            pixels,
            caption: "large"
        };
        20
    ];
    let svg = image_grid(
        &Figure::default(),
        &images,
        10,
        ColorMap::Gray,
        Contrast::Shared,
    )?;
    assert_eq!(svg.matches("<image").count(), 20);
    assert!(svg.contains("width=\"50\" height=\"50\""));
    assert!(svg.len() < 20 * 4 * 50 * 50 * 3);
    let wide = vec![0.5; 5000];
    let svg = heat_map(&Figure::default(), square(&wide)?, ColorMap::Viridis)?;
    assert!(svg.len() < 400_000);
    Ok(())
}

#[test]
fn a_line_along_another_is_dashed() -> Result<(), PlotError> {
    let lines = |below: &[(f64, f64)], above: &[(f64, f64)]| {
        let curves = [PlaneCurve::line("a", below), PlaneCurve::line("b", above)];
        let svg = xy_plot(&Figure::default(), &curves)?;
        Ok::<usize, PlotError>(svg.matches("stroke=\"#D55E00\"").count())
    };
    let (rising, falling) = ([(0.0, 0.0), (1.0, 1.0)], [(0.0, 1.0), (1.0, 0.0)]);
    assert_eq!(lines(&rising, &falling)?, 2); // the line, and that of the legend
    assert!(lines(&rising, &rising)? > 10);
    assert!(lines(&rising, &[(0.25, 0.25), (0.75, 0.75)])? > 10);
    Ok(())
}

#[test]
fn classes_have_a_legend() -> Result<(), Box<dyn Error>> {
    let points = [0.0, 0.0, 1.0, 1.0];
    let points = MatrixRef::new(&points, Shape::new(2, 2), Order::Columns)?;
    let classify = |x: f64, _: f64| u32::from(x > 0.5);
    let draw = |classes: &[&str]| {
        decision_boundary(&Figure::default(), classify, points, &[0, 1], classes)
    };
    let (with, without) = (draw(&["left", "right"])?, draw(&[])?);
    assert!(with.contains("left") && with.contains("right"));
    assert_eq!(
        with.matches("<circle").count(),
        without.matches("<circle").count() + 4
    );
    Ok(())
}
