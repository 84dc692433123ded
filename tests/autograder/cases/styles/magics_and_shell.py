# exercise: sparsity
# expect: passed
!pip install nothing
%matplotlib inline
!touch /tmp/was-here

def sparsity(num_users, num_items, num_ratings):
    return 100.0 * (1 - num_ratings / (num_users * num_items))
