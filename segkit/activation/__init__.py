"""What segments are acted on with: rules, SQL, questions, lists of customers. Values in, values out."""
