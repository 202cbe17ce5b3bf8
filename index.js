// n8n finds nodes and credentials through the `n8n` block of package.json. This entry serves
// whoever imports the package; the build copies it into dist, beside what it names.
module.exports = {
	...require('./nodes/SendOutlookMail/SendOutlookMail.node.js'),
	...require('./credentials/CustomerOutlookOAuth2Api.credentials.js'),
	...require('./credentials/RoboMqOutlookOAuth2Api.credentials.js'),
};
