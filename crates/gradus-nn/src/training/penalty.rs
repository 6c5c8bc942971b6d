//! What large parameters cost in a training.

use crate::error::NnError;
use crate::network::Network;
use gradus_linalg::Scalar;
use gradus_losses::Regularizer;
use gradus_optim::Schedule;
use std::fmt;
use std::ops::Range;

/// A regularizer and the parameters that pay for it.
///
/// ```math
/// L(\theta) = \frac{\sum_{i \in B} w_i \ell_i}{\sum_{i \in B} w_i} + \sum_k R_k(\theta_{S_k})
/// ```
///
/// where $`S_k`$ are the parameters that regularizer $`R_k`$ looks at. By default those are the *weights*: parameters of
/// two or more dimensions, such as matrices and the windows of convolutions. Biases, and scales and shifts of a
/// normalization, have one dimension and pay nothing: they are few, and pulling them to zero makes the model wrong rather
/// than simple. Frozen parameters pay nothing either.
///
/// The loss that a training reports, and that early stopping watches, contains the price.
///
/// A price is paid in one of two ways. Its gradient is added to that of the loss; or, if it is [`proximal`](Self::proximal), the optimizer
/// follows the loss alone, and the parameters then go through the proximal map of the price,
///
/// ```math
/// \theta \leftarrow \operatorname{prox}_{\eta R}\bigl(\theta + u(\nabla L)\bigr), \qquad
/// \operatorname{prox}_{\eta R}(w) = \arg\min_z R(z) + \frac{1}{2 \eta} \lVert z - w \rVert^2 ,
/// ```
///
/// where $`u`$ is the update of the optimizer and $`\eta`$ the learning rate. Where the price has a kink, parameters land on it: weights,
/// whole rows or singular values are zero exactly, where gradients leave them small.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | for gradient descent $`\tfrac{\lambda}{2} \lVert W \rVert^2`$ is weight decay | `a_penalty_on_weights_is_weight_decay` |
/// | what is reported is the loss and the price | `the_price_is_reported_in_the_loss` |
/// | biases and scales pay nothing unless they are named | `biases_and_scales_pay_nothing` |
/// | a proximal step is that of the optimizer, then the map, to the bit | `a_proximal_step_is_a_step_and_the_map` |
/// | rows, weights and singular values that nothing needs are zero exactly | `proximal_prices_make_zeros` |
/// | gradient descent with the map ends where price and loss balance | `proximal_steps_end_at_the_minimum` |
///
/// # Numerics
///
/// Behind an adaptive optimizer the map is that of the plain rate, as weight decay is in `AdamW`: the minimum that it seeks weighs each parameter by
/// its own rate. Averages of parameters are means of what the optimizer left, before the maps, so they have fewer zeros. A step whose singular values are
/// not found ends with an error after the optimizer's update; the parameters are finite.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{L1, L2, SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Penalty, Settings, Training};
///
/// let mut model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![2.0, 1.0])?; // weight 2, bias 1
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?; // y = 2 x + 1: no error
/// let training = Training::new(model, sgd(0.5)?, Box::new(SquaredError), Settings::default())?;
/// let mut training = training.with_penalties(vec![
///     Penalty::new(L2 { lambda: 0.5 }),
///     Penalty::new(L1 { lambda: 1.0 }).only(|name| name == "0.bias"),
/// ])?;
/// assert_eq!(training.evaluate(&data)?.loss, 1.0 + 1.0); // ½ · ½ · 2² and |1|
/// training.fit(1, &data, &mut [])?;
/// assert_eq!(training.model().theta(), [1.5, 0.5]); // − ½ · ½ · 2 and − ½ · 1
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §7.1; N. Parikh and S. Boyd, *Proximal algorithms*,
/// Foundations and Trends in Optimization 1 (2014), §4.2.
pub struct Penalty<T> {
    term: Box<dyn Regularizer<T>>,
    which: Which,
    /// The rate of the proximal map, if the price is paid by it.
    rate: Option<Box<dyn Schedule>>,
    /// Windows of θ, once it belongs to a training.
    windows: Vec<Range<usize>>,
}

/// Which parameters pay.
enum Which {
    Weights,
    All,
    Named(Box<dyn Fn(&str) -> bool + Send + Sync>),
}

impl<T: Scalar> Penalty<T> {
    /// A price on all weights: parameters of two or more dimensions.
    pub fn new(term: impl Regularizer<T> + 'static) -> Self {
        Self {
            term: Box::new(term),
            which: Which::Weights,
            rate: None,
            windows: Vec::new(),
        }
    }

    /// The same price, paid by its proximal map after every step, with the learning rate of the optimizer.
    ///
    /// # Examples
    ///
    /// Soft thresholding holds a slope at 0 that the data pull by less than λ:
    ///
    /// ```
    /// use gradus_nn::layers::dense;
    /// use gradus_nn::losses::{L1, SquaredError, Target};
    /// use gradus_nn::optim::sgd;
    /// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Penalty, Settings, Training};
    ///
    /// let [x, y] = [&[-1.0, 1.0], &[-0.25, 0.25]].map(|row| MatrixRef::from_column(row).transposed());
    /// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
    /// let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    /// let training = Training::new(model, sgd(0.1)?, Box::new(SquaredError), Settings::default())?;
    /// let mut training = training.with_penalties(vec![Penalty::new(L1 { lambda: 1.0 }).proximal(0.1)])?;
    /// training.fit(50, &data, &mut [])?;
    /// assert_eq!(training.model().theta()[0], 0.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "proximal gradient")]
    #[doc(alias = "ISTA")]
    #[must_use]
    pub fn proximal(self, rate: impl Schedule + 'static) -> Self {
        let rate: Option<Box<dyn Schedule>> = Some(Box::new(rate));
        Self { rate, ..self }
    }

    /// The same price on all parameters, biases too.
    #[must_use]
    pub fn of_all(self) -> Self {
        let which = Which::All;
        Self { which, ..self }
    }

    /// The same price on the parameters with such names.
    #[must_use]
    pub fn only(self, which: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        let which = Which::Named(Box::new(which));
        Self { which, ..self }
    }

    /// Looks up which parameters of the network pay, and whether strength and rate make sense.
    pub(super) fn attach(mut self, network: &Network<T>) -> Result<Self, NnError> {
        self.term.value(&[])?;
        if let Some(rate) = &self.rate {
            rate.check()?;
        }
        self.rate_of(1)?;
        let pays = |name: &str, dimensions: usize| match &self.which {
            Which::Weights => dimensions >= 2,
            Which::All => true,
            Which::Named(which) => which(name),
        };
        let parameters = network.declaration().entries();
        let paying = parameters
            .filter(|(entry, p)| !p.frozen && pays(&entry.name, p.dimensions.len()))
            .map(|(entry, _)| entry.window());
        self.windows = paying.collect();
        Ok(self)
    }

    /// The price of these parameters.
    pub(super) fn value(&self, theta: &[T]) -> Result<f64, NnError> {
        let each = self.windows.iter();
        each.map(|window| Ok(self.term.value(theta.get(window.clone()).unwrap_or(&[]))?))
            .sum()
    }

    /// Adds the gradient of the price, unless it is paid by the proximal map.
    pub(super) fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), NnError> {
        if self.rate.is_some() {
            return Ok(());
        }
        for window in &self.windows {
            let parts = (theta.get(window.clone()), gradient.get_mut(window.clone()));
            if let (Some(theta), Some(gradient)) = parts {
                self.term.add_gradient(theta, gradient)?;
            }
        }
        Ok(())
    }

    /// The rate of the proximal map in a step, counted from 1, if there is a map.
    pub(super) fn rate_of(&self, step: u64) -> Result<Option<f64>, NnError> {
        let rate = self
            .rate
            .as_ref()
            .map(|rate| rate.at(step.saturating_sub(1)));
        match rate {
            Some(value) if !(value >= 0.0 && value.is_finite()) => Err(NnError::Domain {
                name: "rate of a proximal map",
                value,
                domain: "[0, ∞)",
            }),
            _ => Ok(rate),
        }
    }

    /// Takes the parameters that pay through the proximal map, if there is one.
    pub(super) fn shrink(&self, theta: &mut [T], step: u64) -> Result<(), NnError> {
        let Some(rate) = self.rate_of(step)? else {
            return Ok(());
        };
        for window in &self.windows {
            if let Some(theta) = theta.get_mut(window.clone()) {
                self.term.shrink(theta, rate)?;
            }
        }
        Ok(())
    }
}

impl<T> fmt::Debug for Penalty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut penalty = f.debug_struct("Penalty");
        penalty.field("term", &self.term);
        penalty.field(
            "on",
            &match self.which {
                Which::Weights => "weights",
                Which::All => "all",
                Which::Named(_) => "some by name",
            },
        );
        penalty.field("proximal", &self.rate);
        penalty.finish_non_exhaustive()
    }
}
