import { currentLocale } from './i18n'

/** The currencies of ISO 4217 that people spend, the most common ones first. */
const COMMON = 'EUR USD GBP CHF JPY CAD AUD SEK NOK DKK PLN CZK INR BRL MXN'

const OTHERS = `AED AFN ALL AMD AOA ARS AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BSD BTN BWP BYN
BZD CDF CLP CNY COP CRC CUP CVE DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MYR MZN NAD NGN NIO NPR NZD OMR PAB PEN PGK PHP
PKR PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW`

export const CURRENCIES: readonly string[] = `${COMMON} ${OTHERS}`.split(/\s+/)

/** "EUR, Euro" in the reader's language. */
export function currencyLabel(code: string): string {
  const names = new Intl.DisplayNames([currentLocale(), 'en'], { type: 'currency' })
  return `${code}, ${names.of(code) ?? code}`
}
