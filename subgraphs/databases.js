// For mongosh: makes a new server the one member of its replica set, and gives each subgraph a user who may use its
// own database and no other. May run any number of times; a password that has changed is set anew.

const SUBGRAPHS = ['users', 'groups', 'expenses', 'payments', 'reports']

const { MONGODB_HOST, MONGODB_ROOT_PASSWORD } = process.env
const admin = connect(`mongodb://root:${MONGODB_ROOT_PASSWORD}@${MONGODB_HOST}/admin?directConnection=true`)

formSet()
while (!admin.hello().isWritablePrimary) sleep(100)
for (const name of SUBGRAPHS) giveUser(name)

function formSet() {
  try {
    admin.adminCommand({ replSetGetStatus: 1 })
  } catch (error) {
    if (error.codeName !== 'NotYetInitialized') throw error
    const members = [{ _id: 0, host: MONGODB_HOST }]
    admin.adminCommand({ replSetInitiate: { _id: 'rs0', members } })
  }
}

function giveUser(name) {
  const database = admin.getSiblingDB(name)
  const user = { pwd: process.env[`${name.toUpperCase()}_DATABASE_PASSWORD`], roles: ['readWrite'] }
  if (database.getUser(name)) {
    database.updateUser(name, user)
  } else {
    database.createUser({ user: name, ...user })
  }
}
