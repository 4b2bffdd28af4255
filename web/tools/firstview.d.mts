export const FIRST_VIEW: readonly string[]
