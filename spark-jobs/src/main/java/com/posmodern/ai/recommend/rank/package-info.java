/**
 * The two-stage recommender: cheap generators propose candidates for a customer, a learned ranker
 * orders them, rules select the list.
 *
 * <p>A bounded sample of the customers (the pool) is all that the driver holds in memory. From it
 * comes {@link com.posmodern.ai.recommend.rank.Knowledge}: what is known about the products on a
 * given day. The same class is used for training (on past days), evaluation (on the cutoff) and
 * publishing (on the as-of date), so a feature means the same in all three. Customers are then
 * processed one by one, with their history and the broadcast knowledge, in the partition where
 * their history is.
 *
 * <p>Generators and features follow Hu et al., "Modeling Personalized Item Frequency Information
 * for Next-basket Recommendation" (SIGIR 2020), Faggioli et al., "Recency Aware Collaborative
 * Filtering for Next Basket Recommendation" (UMAP 2020), and Steck, "Embarrassingly Shallow
 * Autoencoders for Sparse Data" (WWW 2019); the ranker is XGBoost.
 */
package com.posmodern.ai.recommend.rank;
