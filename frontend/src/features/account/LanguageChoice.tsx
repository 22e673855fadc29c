import { t } from '@lingui/core/macro'
import { chooseLocale, currentLocale, LANGUAGES, languageOf } from '../../lib/i18n'
import { SelectField } from '../../ui/Field'

/** The locale of another language: the region stays where the browser knows it with that language. */
export function localeFor(language: string): string {
  return navigator.languages.find((each) => languageOf(each) === language) ?? language
}

/** The language of the app, by its own name in each. */
export function LanguageChoice() {
  return (
    <SelectField
      label={t`Language`}
      value={languageOf(currentLocale()) ?? 'en'}
      onChange={({ target }) => void chooseLocale(localeFor(target.value))}
    >
      {Object.entries(LANGUAGES).map(([language, name]) => (
        <option key={language} value={language} lang={language}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}
