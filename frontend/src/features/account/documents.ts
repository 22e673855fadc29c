import { graphql } from '../../api/gql'

export const Register = graphql(`
  mutation Register($input: RegisterInput!) {
    register(input: $input) {
      accessToken
      refreshToken
      expiresAt
    }
  }
`)

export const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      accessToken
      refreshToken
      expiresAt
    }
  }
`)

export const Logout = graphql(`
  mutation Logout($refreshToken: String!) {
    logout(refreshToken: $refreshToken)
  }
`)

export const Me = graphql(`
  query Me {
    me {
      id
      name
      email
      defaultCurrency
    }
  }
`)
