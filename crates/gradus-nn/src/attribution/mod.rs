//! What a prediction owes to the numbers that went in.
//!
//! Bottom up: how a network is recorded as a function of its inputs (`recording`), slopes (`input_gradient`), shares
//! (`relevance`, `deep_lift`), and maps of places (`grad_cam`).

mod deep_lift;
mod grad_cam;
mod input_gradient;
mod recording;
mod relevance;
