/** What other features use of rates: those of today. */
export { useRates } from './useRates'
