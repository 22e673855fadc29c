import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { formatMoney } from '../../lib/money'
import { stage } from '../../test/answering'
import { LanguageChoice } from './LanguageChoice'

test('a chosen language is spoken at once, with its amounts', async () => {
  stage(<LanguageChoice />)
  await userEvent.selectOptions(screen.getByLabelText('Language'), 'Deutsch')
  expect(await screen.findByLabelText('Sprache')).toHaveValue('de')
  expect(formatMoney({ amount: '1234.50', currency: 'EUR' })).toBe('1.234,50\u00a0€')
  await userEvent.selectOptions(screen.getByLabelText('Sprache'), 'Español')
  expect(await screen.findByLabelText('Idioma')).toHaveValue('es')
})
