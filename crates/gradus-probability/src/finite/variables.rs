//! The names of random variables, and how many values each has.

use crate::error::ProbabilityError;

/// Named variables, each with finitely many values; their place in the list is their number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Variables {
    names: Vec<String>,
    sizes: Vec<usize>,
}

impl Variables {
    /// All of a list.
    pub(crate) fn new(variables: &[(&str, usize)]) -> Result<Self, ProbabilityError> {
        let mut this = Self::default();
        for &(name, outcomes) in variables {
            this.push(name, outcomes)?;
        }
        Ok(this)
    }

    /// One more.
    pub(crate) fn push(&mut self, name: &str, outcomes: usize) -> Result<(), ProbabilityError> {
        self.check_new(name)?;
        self.names.push(name.to_owned());
        self.sizes.push(outcomes);
        Ok(())
    }

    /// That no variable has this name yet.
    pub(crate) fn check_new(&self, name: &str) -> Result<(), ProbabilityError> {
        if self.names.iter().any(|known| known == name) {
            return Err(duplicate(name));
        }
        Ok(())
    }

    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    pub(crate) fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The numbers of different variables.
    pub(crate) fn numbers(&self, names: &[&str]) -> Result<Vec<usize>, ProbabilityError> {
        let mut numbers = Vec::with_capacity(names.len());
        for name in names {
            let number = self.number(name)?;
            if numbers.contains(&number) {
                return Err(duplicate(name));
            }
            numbers.push(number);
        }
        Ok(numbers)
    }

    /// Numbers and values of different variables, each value one that the variable has.
    pub(crate) fn assignment(
        &self,
        evidence: &[(&str, usize)],
    ) -> Result<Vec<(usize, usize)>, ProbabilityError> {
        let names: Vec<_> = evidence.iter().map(|(name, _)| *name).collect();
        let numbers = self.numbers(&names)?;
        let assigned = numbers
            .into_iter()
            .zip(evidence.iter().map(|(_, value)| *value));
        let assigned: Vec<_> = assigned.collect();
        for &(number, outcome) in &assigned {
            let outcomes = self.sizes[number];
            if outcome >= outcomes {
                return Err(ProbabilityError::OutcomeOutOfRange { outcome, outcomes });
            }
        }
        Ok(assigned)
    }

    /// Those with these numbers.
    pub(crate) fn only(&self, numbers: &[usize]) -> Self {
        Self {
            names: numbers.iter().map(|&i| self.names[i].clone()).collect(),
            sizes: numbers.iter().map(|&i| self.sizes[i]).collect(),
        }
    }

    fn number(&self, name: &str) -> Result<usize, ProbabilityError> {
        let number = self.names.iter().position(|known| known == name);
        number.ok_or_else(|| ProbabilityError::UnknownVariable {
            name: name.to_owned(),
        })
    }
}

fn duplicate(name: &str) -> ProbabilityError {
    ProbabilityError::DuplicateVariable {
        name: name.to_owned(),
    }
}
