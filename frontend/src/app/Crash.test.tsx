import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { stage } from '../test/answering'
import { Crash, NotFound } from './Crash'

it.each([
  [NotFound, 'There is nothing here'],
  [Crash, 'This page broke'],
])('a page with nothing else on it has a heading', (Page, title) => {
  stage(<Page />)
  expect(screen.getByRole('heading', { level: 1, name: title })).toBeInTheDocument()
})
