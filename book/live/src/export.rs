//! How JavaScript calls a picture.

/// Exports functions of this crate to JavaScript, and the buffer with their numbers.
#[macro_export]
macro_rules! export {
    ($($name:ident($($input:ident: $kind:ty),*) -> $result:ty;)*) => {
        /// Where inputs and results lie.
        #[allow(unsafe_code, reason = "a name that JavaScript can call")]
        #[unsafe(no_mangle)]
        pub extern "C" fn buffer() -> *const f64 {
            $crate::buffer()
        }

        $(
            #[doc = concat!("[`gradus_live::", stringify!($name), "`].")]
            #[allow(unsafe_code, reason = "a name that JavaScript can call")]
            #[unsafe(no_mangle)]
            pub extern "C" fn $name($($input: $kind),*) -> $result {
                $crate::$name($($input),*)
            }
        )*
    };
}
